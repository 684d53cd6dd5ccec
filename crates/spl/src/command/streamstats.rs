//! `streamstats`

use super::{Typed, stats};
use crate::ast::{CommandKind, Expr, Streamstats};
use crate::parse::{Parse, Parser};
use crate::print::{print_expr, push_aggregate, push_by, push_option};

pub(super) const COMMAND: Typed = Typed {
    name: "streamstats",
    aliases: &[],
    syntax: "streamstats [<option>=<value>]... [reset_before=(<expression>)] [reset_after=(<expression>)] \
             (<function>(<field>) [AS <field>])... [BY <field-list>]",
    summary: "computes aggregates over the results seen so far",
    examples: &[
        "search * | streamstats count as rank by a b",
        "search * | streamstats window=2 current=t reset_after=\"(x==1)\" count as rank by a b",
        "search * | streamstats time_window=5m reset_before=(action=\"start\" OR x > 2) dc(user) reset_on_change=t",
    ],
    parse,
    print: |kind, out| {
        let CommandKind::Streamstats(streamstats) = kind else { return };
        let stats = &streamstats.stats;
        stats.options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
        push_reset("reset_before", streamstats.reset_before.as_ref(), out);
        push_reset("reset_after", streamstats.reset_after.as_ref(), out);
        stats.aggregates.iter().for_each(|aggregate| push_aggregate(aggregate, out));
        push_by(&stats.by, out);
    },
};

fn push_reset(name: &str, condition: Option<&Expr>, out: &mut String) {
    if let Some(condition) = condition {
        out.push_str(&format!(" {name}=({})", print_expr(condition)));
    }
}

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let mut read = Streamstats::default();
    while !parser.at_end() {
        if let Some(condition) = reset(parser, "reset_before")? {
            read.reset_before = Some(condition);
        } else if let Some(condition) = reset(parser, "reset_after")? {
            read.reset_after = Some(condition);
        } else {
            stats::argument(parser, &mut read.stats)?;
        }
        parser.eat_token(",");
    }
    stats::some_aggregate(parser, &read.stats)?;
    Ok(CommandKind::Streamstats(read))
}

/// `name=(EXPR)` or `name="EXPR"` when it comes next.
fn reset(parser: &mut Parser<'_>, name: &str) -> Parse<Option<Expr>> {
    let start = parser.mark_token();
    let word = parser.peek_word();
    parser.eat(word);
    if !word.eq_ignore_ascii_case(name) || !parser.eat_token("=") {
        parser.reset(start);
        return Ok(None);
    }
    parser.skip_blanks();
    match parser.peek() {
        Some('(') => parser.parenthesised_expression().map(Some),
        Some('"') => parser.quoted_expression().map(Some),
        _ => Err(parser.expected(&format!("an expression in parentheses after `{name}=`"))),
    }
}
