//! `xmlkv`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = plain::command(
    "xmlkv",
    "xmlkv [<field>] [maxinputs=<int>]",
    "makes a field of every XML element that holds text",
    &["search * | xmlkv", "search * | xmlkv Message maxinputs=10000"],
);
