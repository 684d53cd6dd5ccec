//! `rangemap`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = plain::command(
    "rangemap",
    "rangemap field=<field> [<name>=<start>-<end>]... [default=<string>]",
    "names the ranges that a number lies in",
    &["search * | rangemap field=score low=0-30 high=31-100 default=none"],
);
