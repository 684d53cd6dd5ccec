//! `addtotals`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = Typed {
    name: "addtotals",
    aliases: &[],
    syntax: "addtotals [row=<bool>] [col=<bool>] [labelfield=<field>] [label=<string>] [fieldname=<field>] [<wc-field-list>]",
    summary: "adds the sum of the numbers of each result, and of each column",
    examples: &[
        "search * | addtotals fieldname=score, a, b",
        "search * | addtotals row=false col=t labelfield=dest label=\"all hosts\"",
    ],
    parse: plain::arguments,
    print: plain::print,
};
