//! `addinfo`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = Typed {
    name: "addinfo",
    aliases: &[],
    syntax: "addinfo",
    summary: "adds when and over which time the search runs",
    examples: &["search * | addinfo"],
    parse: plain::arguments,
    print: plain::print,
};
