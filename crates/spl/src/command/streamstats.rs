//! `streamstats`

use super::{Typed, stats};
use crate::ast::CommandKind;

pub(super) const COMMAND: Typed = Typed {
    name: "streamstats",
    aliases: &[],
    syntax: "streamstats [<option>=<value>]... (<function>(<field>) [AS <field>])... [BY <field-list>]",
    summary: "computes aggregates over the results seen so far",
    examples: &["search * | streamstats window=2 current=t reset_after=\"(x==1)\" count as rank by a b"],
    parse: |parser| stats::arguments(parser).map(CommandKind::EventStats),
    print: stats::print,
};
