//! `eventstats`

use super::{Typed, stats};
use crate::ast::CommandKind;

pub(super) const COMMAND: Typed = Typed {
    name: "eventstats",
    aliases: &[],
    syntax: "eventstats [allnum=<bool>] (<function>(<field> | eval(<expression>)) [AS <field>])... [BY <field-list>]",
    summary: "computes aggregates and adds them to every result",
    examples: &["search * | eventstats avg(count) as mean, stdev(count) as deviation by dest"],
    parse: |parser| stats::arguments(parser).map(CommandKind::EventStats),
    print: stats::print,
};
