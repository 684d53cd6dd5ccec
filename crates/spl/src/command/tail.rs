//! `tail`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = Typed {
    name: "tail",
    aliases: &[],
    syntax: "tail [<N>]",
    summary: "keeps the last results, ten without a number, last one first",
    examples: &["search * | tail", "search * | tail 5"],
    parse: plain::arguments,
    print: plain::print,
};
