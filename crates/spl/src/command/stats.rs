//! `stats`, and what its kin share with it

use super::Typed;
use crate::ast::{CommandKind, Stats};
use crate::parse::{Parse, Parser};
use crate::print::{push_aggregate, push_by, push_option};

pub(super) const COMMAND: Typed = Typed {
    name: "stats",
    aliases: &[],
    syntax: "stats [<option>=<value>]... (<function>(<wc-field> | eval(<expression>)) [AS <wc-field>])... [BY <field-list>]",
    summary: "computes aggregates, one result a combination of the BY fields",
    examples: &[
        "search * | stats count min(_time) as firstTime, values(a*) as a* by dest, \"user name\"",
        "search * | stats dc(eval(if(x=1, y, null()))) AS \"distinct y\" allnum=true BY z",
    ],
    parse: |parser| arguments(parser).map(CommandKind::Stats),
    print,
};

/// The arguments of `stats` and `eventstats`: options may stand anywhere.
pub(super) fn arguments(parser: &mut Parser<'_>) -> Parse<Stats> {
    let mut stats = Stats::default();
    while !parser.at_end() {
        argument(parser, &mut stats)?;
        parser.eat_token(",");
    }
    some_aggregate(parser, &stats)?;
    Ok(stats)
}

/// One argument: an option, an aggregate, or the BY fields.
pub(super) fn argument(parser: &mut Parser<'_>, stats: &mut Stats) -> Parse<()> {
    if let Some(option) = parser.option()? {
        stats.options.push(option);
    } else if parser.eat_keyword("by") {
        if !stats.by.is_empty() {
            return Err(parser.error(parser.here(), "`BY` is given twice"));
        }
        stats.by = parser.by_fields(&[])?;
    } else {
        stats.aggregates.push(parser.aggregate()?);
    }
    Ok(())
}

/// At least one aggregate was given.
pub(super) fn some_aggregate(parser: &mut Parser<'_>, stats: &Stats) -> Parse<()> {
    if stats.aggregates.is_empty() { Err(parser.expected("an aggregate such as `count`")) } else { Ok(()) }
}

pub(super) fn print(kind: &CommandKind, out: &mut String) {
    let (CommandKind::Stats(stats) | CommandKind::EventStats(stats)) = kind else { return };
    stats.options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
    stats.aggregates.iter().for_each(|aggregate| push_aggregate(aggregate, out));
    push_by(&stats.by, out);
}
