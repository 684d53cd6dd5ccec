//! `return`

use super::Typed;
use crate::ast::{CommandKind, Field, ReturnItem};
use crate::parse::{Parse, Parser};
use crate::print::{push_field, push_text};

pub(super) const COMMAND: Typed = Typed {
    name: "return",
    aliases: &[],
    syntax: "return [<count>] [<alias>=<field>]... [<field>]... [$<field>]...",
    summary: "writes fields of the first results as search terms into one field `search`",
    examples: &["search a | return user", "search a | return 5 $src", "search a | return 2 dest=host, user"],
    parse,
    print: |kind, out| {
        let CommandKind::Return { count, items } = kind else { return };
        if let Some(count) = count {
            out.push_str(&format!(" {count}"));
        }
        for item in items {
            out.push(' ');
            if let Some(alias) = &item.alias {
                push_name(&alias.name, out);
                out.push('=');
            }
            if item.value_only {
                out.push('$');
            }
            push_name(&item.field.name, out);
        }
    },
};

/// A bare `$` before a name would be taken for the sign that asks for the value alone.
fn push_name(name: &str, out: &mut String) {
    if name.starts_with('$') { push_text(name, out) } else { push_field(name, out) }
}

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let count = parser.count()?;
    let mut items = Vec::new();
    while !parser.at_end() {
        items.push(item(parser)?);
        parser.eat_token(",");
    }
    if items.is_empty() {
        return Err(parser.expected("a field"));
    }
    Ok(CommandKind::Return { count, items })
}

fn item(parser: &mut Parser<'_>) -> Parse<ReturnItem> {
    let (first, value_only) = field(parser)?;
    if !parser.eat_token("=") {
        return Ok(ReturnItem { alias: None, field: first, value_only });
    }
    let (field, inner) = field(parser)?;
    Ok(ReturnItem { alias: Some(first), field, value_only: value_only || inner })
}

/// A field; true with a `$` before it.
fn field(parser: &mut Parser<'_>) -> Parse<(Field, bool)> {
    let value_only = parser.eat_token("$");
    Ok((parser.field()?, value_only))
}
