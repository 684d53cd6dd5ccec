//! `untable`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = plain::command(
    "untable",
    "untable <x-field> <y-name-field> <y-data-field>",
    "makes a result of each cell of a table",
    &["search * | untable _time, name value"],
);
