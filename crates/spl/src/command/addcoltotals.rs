//! `addcoltotals`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = Typed {
    name: "addcoltotals",
    aliases: &[],
    syntax: "addcoltotals [labelfield=<field>] [label=<string>] [<wc-field-list>]",
    summary: "adds a result with the sums of the columns",
    examples: &["search * | addcoltotals", "search * | addcoltotals labelfield=dest label=all count, size*"],
    parse: plain::arguments,
    print: plain::print,
};
