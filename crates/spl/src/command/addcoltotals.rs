//! `addcoltotals`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = plain::command(
    "addcoltotals",
    "addcoltotals [labelfield=<field>] [label=<string>] [<wc-field-list>]",
    "adds a result with the sums of the columns",
    &["search * | addcoltotals", "search * | addcoltotals labelfield=dest label=all count, size*"],
);
