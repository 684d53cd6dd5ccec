//! `accum`

use super::{Typed, delta};

pub(super) const COMMAND: Typed = Typed {
    name: "accum",
    aliases: &[],
    syntax: "accum <field> [AS <field>]",
    summary: "computes the running total of a field",
    examples: &["search * | accum size", "search * | accum size as total"],
    parse: delta::arguments,
    print: delta::print,
};
