//! `rare`

use super::{Typed, top};

pub(super) const COMMAND: Typed = Typed {
    name: "rare",
    aliases: &[],
    syntax: "rare [<N>] [<rare-options>]... <field-list> [BY <field-list>]",
    summary: "counts the least frequent combinations of values",
    examples: &["search * | rare dest", "search * | rare limit=3 dest user by host showcount=f"],
    parse: top::arguments,
    print: top::print,
};
