//! `filldown`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = Typed {
    name: "filldown",
    aliases: &[],
    syntax: "filldown [<wc-field-list>]",
    summary: "puts the last value before where a field has none",
    examples: &["search * | filldown", "search * | filldown dest, score*"],
    parse: plain::arguments,
    print: plain::print,
};
