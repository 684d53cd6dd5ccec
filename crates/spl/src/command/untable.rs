//! `untable`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = Typed {
    name: "untable",
    aliases: &[],
    syntax: "untable <x-field> <y-name-field> <y-data-field>",
    summary: "makes a result of each cell of a table",
    examples: &["search * | untable _time, name value"],
    parse: plain::arguments,
    print: plain::print,
};
