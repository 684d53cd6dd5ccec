//! `timechart`

use super::{Typed, chart};

pub(super) const COMMAND: Typed = Typed {
    name: "timechart",
    aliases: &[],
    syntax: "timechart [<timechart-options>]... [agg=<aggregate>] [<bin-options>]... \
             (<function>(<field> | eval(<expression>)) [AS <field>])... [BY <field> [<bin-options>]] [WHERE <series-filter>]",
    summary: "computes aggregates as a table with a result for each span of time",
    examples: &[
        "search * | timechart limit=0 span=5m count",
        "search * | timechart span=1h dc(user) by dest limit=5 useother=f usenull=f",
        "search * | timechart avg(size), max(size) by dest where max > 10.5",
    ],
    parse: chart::arguments,
    print: chart::print,
};
