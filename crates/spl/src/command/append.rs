//! `append`

use super::{Typed, piped};

pub(super) const COMMAND: Typed = Typed {
    name: "append",
    aliases: &[],
    syntax: "append [<option>=<value>]... <subsearch>",
    summary: "puts the results of a subsearch behind the results",
    examples: &["search a | append [search b | stats count by c]", "search a | append maxout=100 [| tstats count]"],
    parse: |parser| piped::arguments(parser, false),
    print: piped::print,
};
