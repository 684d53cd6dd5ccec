//! `addtotals`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = plain::command(
    "addtotals",
    "addtotals [row=<bool>] [col=<bool>] [labelfield=<field>] [label=<string>] [fieldname=<field>] [<wc-field-list>]",
    "adds the sum of the numbers of each result, and of each column",
    &[
        "search * | addtotals fieldname=score, a, b",
        "search * | addtotals row=false col=t labelfield=dest label=\"all hosts\"",
    ],
);
