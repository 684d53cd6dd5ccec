//! `head`

use super::Typed;
use crate::ast::CommandKind;
use crate::parse::{Parse, Parser};

pub(super) const COMMAND: Typed = Typed {
    name: "head",
    aliases: &[],
    syntax: "head [<N> | limit=<N>]",
    summary: "keeps the first results, ten without a number",
    examples: &["search * | head", "search * | head 5", "search * | head limit=20"],
    parse,
    print: |kind, out| {
        if let CommandKind::Head(Some(count)) = kind {
            out.push_str(&format!(" {count}"));
        }
    },
};

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    if let Some(count) = parser.count()? {
        return Ok(CommandKind::Head(Some(count)));
    }
    if let Some((name, value)) = parser.option()? {
        if name.value.eq_ignore_ascii_case("limit") {
            let count = parser.number_option("limit", &value)?;
            return Ok(CommandKind::Head(Some(count)));
        }
        return Err(parser.unknown_option("head", &name));
    }
    if !parser.at_end() {
        let start = parser.mark();
        parser.recover();
        let span = parser.span_from(start);
        parser.unsupported(span, "`head` with a condition");
    }
    Ok(CommandKind::Head(None))
}
