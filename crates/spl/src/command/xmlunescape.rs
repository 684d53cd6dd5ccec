//! `xmlunescape`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = plain::command(
    "xmlunescape",
    "xmlunescape [maxinputs=<int>]",
    "writes the characters that XML entities stand for",
    &["search * | xmlunescape"],
);
