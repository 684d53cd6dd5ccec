//! `appendcols`

use super::{Typed, piped};

pub(super) const COMMAND: Typed = Typed {
    name: "appendcols",
    aliases: &[],
    syntax: "appendcols [override=<bool>] [<option>=<value>]... <subsearch>",
    summary: "puts the fields of a subsearch's results beside the results: first to first, second to second",
    examples: &["search a | stats count | appendcols override=t [search b | stats count as more]"],
    parse: |parser| piped::arguments(parser, false),
    print: piped::print,
};
