//! `tail`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = plain::command(
    "tail",
    "tail [<N>]",
    "keeps the last results, ten without a number, last one first",
    &["search * | tail", "search * | tail 5"],
);
