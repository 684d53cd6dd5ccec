//! `reverse`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = Typed {
    name: "reverse",
    aliases: &[],
    syntax: "reverse",
    summary: "turns the order of results round",
    examples: &["search * | reverse"],
    parse: plain::arguments,
    print: plain::print,
};
