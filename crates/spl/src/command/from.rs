//! `from`

use super::Typed;
use crate::ast::{CommandKind, Spanned};
use crate::parse::{Parse, Parser};
use crate::print::push_text;

pub(super) const COMMAND: Typed = Typed {
    name: "from",
    aliases: &[],
    syntax: "from <dataset-type>:<dataset-name>",
    summary: "reads a dataset of a data model or a lookup",
    examples: &["| from datamodel:Endpoint.Processes", "| from datamodel Web.Web", "| from lookup:\"hosts.csv\""],
    parse,
    print: |kind, out| {
        let CommandKind::From { kind, name } = kind else { return };
        out.push(' ');
        out.push_str(&kind.value);
        out.push(':');
        if is_plain(&name.value) { out.push_str(&name.value) } else { push_text(&name.value, out) }
    },
};

/// A colon or a blank stands between type and name; quotes may stand around the name, its parts, or both with the type.
fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let start = parser.mark_token();
    if parser.peek() == Some('"') {
        let whole = parser.quoted('"')?;
        let Some((kind, name)) = whole.value.split_once(':') else {
            return Err(parser.error(whole.span, "expected a type and a name such as `datamodel:Web.Web`"));
        };
        let part = |text: &str| Spanned { value: text.trim().to_owned(), span: whole.span };
        return Ok(CommandKind::From { kind: part(kind), name: part(name) });
    }
    let kind = parser.eat_while(|c| c.is_alphanumeric() || c == '_').to_owned();
    let kind = Spanned { value: kind, span: parser.span_from(start) };
    if kind.value.is_empty() {
        return Err(parser.expected("a type of dataset such as `datamodel`"));
    }
    // Content has `datamodel=` too, which reads the same.
    let _ = parser.eat(":") || parser.eat_token("=");
    let start = parser.mark_token();
    let mut value = part(parser)?;
    while parser.eat(".") {
        value.push('.');
        value.push_str(&part(parser)?);
    }
    Ok(CommandKind::From { kind, name: Spanned { value, span: parser.span_from(start) } })
}

fn part(parser: &mut Parser<'_>) -> Parse<String> {
    if parser.peek() == Some('"') {
        return parser.quoted('"').map(|text| text.value);
    }
    let name = parser.eat_while(is_name_character).to_owned();
    if name.is_empty() {
        return Err(parser.expected("the name of a dataset"));
    }
    Ok(name)
}

fn is_plain(name: &str) -> bool {
    name.split('.').all(|part| !part.is_empty() && part.chars().all(is_name_character))
}

fn is_name_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}
