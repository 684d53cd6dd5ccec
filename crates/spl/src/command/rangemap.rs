//! `rangemap`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = Typed {
    name: "rangemap",
    aliases: &[],
    syntax: "rangemap field=<field> [<name>=<start>-<end>]... [default=<string>]",
    summary: "names the ranges that a number lies in",
    examples: &["search * | rangemap field=score low=0-30 high=31-100 default=none"],
    parse: plain::arguments,
    print: plain::print,
};
