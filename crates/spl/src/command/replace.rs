//! `replace`

use super::Typed;
use crate::ast::{CommandKind, Spanned};
use crate::parse::{Parse, Parser};
use crate::print::{push_fields, push_text};

pub(super) const COMMAND: Typed = Typed {
    name: "replace",
    aliases: &[],
    syntax: "replace (<wc-string> WITH <wc-string>)... [IN <field-list>]",
    summary: "puts other values in place of whole values",
    examples: &[
        "search * | replace *localhost WITH localhost IN host",
        "search * | replace \"a b\" with x, \"*.c\" with \"d.*\" in e f",
    ],
    parse,
    print: |kind, out| {
        let CommandKind::Replace { pairs, fields } = kind else { return };
        for (at, (from, to)) in pairs.iter().enumerate() {
            out.push_str(if at == 0 { " " } else { ", " });
            push_text(&from.value, out);
            out.push_str(" with ");
            push_text(&to.value, out);
        }
        if !fields.is_empty() {
            out.push_str(" in");
            push_fields(fields, out);
        }
    },
};

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let mut pairs = Vec::new();
    loop {
        let from = text(parser)?;
        if !parser.eat_keyword("with") {
            return Err(parser.expected(&format!("`WITH` after `{}`", from.value)));
        }
        pairs.push((from, text(parser)?));
        while parser.eat_token(",") {}
        if parser.at_end() {
            return Ok(CommandKind::Replace { pairs, fields: Vec::new() });
        }
        if parser.eat_keyword("in") {
            return Ok(CommandKind::Replace { pairs, fields: parser.fields(&[])? });
        }
    }
}

/// A value in quotes or bare; `*` is a wildcard in both.
fn text(parser: &mut Parser<'_>) -> Parse<Spanned<String>> {
    let start = parser.mark_token();
    if parser.peek() == Some('"') {
        return parser.quoted('"');
    }
    let value = parser.eat_while(|c| !c.is_whitespace() && !matches!(c, ',' | '|' | '[' | ']' | '"')).to_owned();
    if value.is_empty() {
        return Err(parser.expected("a value"));
    }
    Ok(Spanned { value, span: parser.span_from(start) })
}
