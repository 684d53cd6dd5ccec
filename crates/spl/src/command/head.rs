//! `head`

use super::Typed;
use crate::ast::CommandKind;
use crate::parse::{Parse, Parser};
use crate::print::{print_expr, push_option};

pub(super) const COMMAND: Typed = Typed {
    name: "head",
    aliases: &[],
    syntax: "head [<N> | (<expression>)] [limit=<int>] [null=<bool>] [keeplast=<bool>]",
    summary: "keeps the first results, ten without a number, or those before a condition fails",
    examples: &["search * | head", "search * | head 5", "search * | head limit=20 (size < 100) keeplast=t null=f"],
    parse,
    print: |kind, out| {
        let CommandKind::Head { limit, condition, options } = kind else { return };
        if let Some(limit) = limit {
            out.push_str(&format!(" {limit}"));
        }
        if let Some(condition) = condition {
            out.push_str(&format!(" ({})", print_expr(condition)));
        }
        options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
    },
};

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let (mut limit, mut condition, mut options) = (None, None, Vec::new());
    while !parser.at_end() {
        if limit.is_none()
            && let Some(count) = parser.count()?
        {
            limit = Some(count);
        } else if let Some((name, value)) = parser.option()? {
            match name.value.to_ascii_lowercase().as_str() {
                "limit" => limit = Some(parser.number_option("limit", &value)?),
                "null" | "keeplast" => options.push((name, value)),
                _ => return Err(parser.unknown_option("head", &name)),
            }
        } else if condition.is_none() && parser.peek() == Some('(') {
            condition = Some(parser.parenthesised_expression()?);
        } else if limit.is_none() && condition.is_none() {
            // The manual puts the expression in parentheses; what it means without is not said.
            let start = parser.mark();
            parser.recover();
            let span = parser.span_from(start);
            parser.unsupported(span, "`head` with a condition that stands in no parentheses");
        } else {
            return Err(parser.expected("the end of the command"));
        }
    }
    Ok(CommandKind::Head { limit, condition, options })
}
