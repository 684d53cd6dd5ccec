//! `uniq`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = Typed {
    name: "uniq",
    aliases: &[],
    syntax: "uniq",
    summary: "drops results that are equal to the one before",
    examples: &["search * | uniq"],
    parse: plain::arguments,
    print: plain::print,
};
