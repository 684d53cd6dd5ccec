//! `appendpipe`

use super::{Typed, piped};

pub(super) const COMMAND: Typed = Typed {
    name: "appendpipe",
    aliases: &[],
    syntax: "appendpipe [run_in_preview=<bool>] [<subpipeline>]",
    summary: "puts what a pipeline makes of the results behind them",
    examples: &["search a | stats count by b c | appendpipe [stats sum(count) as count by b | eval c=\"all\"]"],
    parse: |parser| piped::arguments(parser, false),
    print: piped::print,
};
