//! `rex`

use super::Typed;
use crate::ast::{CommandKind, Field, Rex, Spanned};
use crate::parse::{Parse, Parser};
use crate::print::{push_option, push_text};

pub(super) const COMMAND: Typed = Typed {
    name: "rex",
    aliases: &[],
    syntax: "rex [field=<field>] (<regex> [max_match=<int>] [offset_field=<string>] | mode=sed <sed-expression>)",
    summary: "makes fields of the named groups of a regular expression, or edits a field",
    examples: &[
        "search * | rex \"user=(?<user>\\w+)\"",
        "search * | rex field=a{}.b max_match=0 \"(?P<x>\\d+)\" offset_field=at",
        "search * | rex field=card mode=sed \"s/(\\d{4}-){3}/XXXX-/g\"",
    ],
    parse,
    print,
};

fn print(kind: &CommandKind, out: &mut String) {
    let CommandKind::Rex(rex) = kind else { return };
    if let Some(field) = &rex.field {
        push_option("field", &field.name, out);
    }
    if rex.sed {
        push_option("mode", "sed", out);
    }
    if let Some(max_match) = rex.max_match {
        push_option("max_match", &max_match.to_string(), out);
    }
    if let Some(field) = &rex.offset_field {
        push_option("offset_field", &field.name, out);
    }
    out.push(' ');
    push_text(&rex.pattern.value, out);
}

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let (mut field, mut sed, mut max_match, mut offset_field, mut pattern) = (None, false, None, None, None);
    while !parser.at_end() {
        match parser.option()? {
            Some((name, value)) => match name.value.to_ascii_lowercase().as_str() {
                "field" => field = Some(named(parser, value)?),
                "offset_field" => offset_field = Some(named(parser, value)?),
                "max_match" => max_match = Some(parser.number_option("max_match", &value)?),
                "mode" if value.value.eq_ignore_ascii_case("sed") => sed = true,
                "mode" => {
                    let message = format!("`mode` takes `sed`, not `{}`", value.value);
                    return Err(parser.error(value.span, message));
                }
                _ => return Err(parser.unknown_option("rex", &name)),
            },
            None if pattern.is_none() => pattern = Some(expression(parser)?),
            None => return Err(parser.expected("the end of the command")),
        }
        while parser.eat_token(",") {}
    }
    match pattern {
        Some(pattern) => Ok(CommandKind::Rex(Rex { field, pattern, sed, max_match, offset_field })),
        None => Err(parser.expected("a regular expression")),
    }
}

fn named(parser: &mut Parser<'_>, value: Spanned<String>) -> Parse<Field> {
    if value.value.is_empty() {
        return Err(parser.error(value.span, "this field name is empty"));
    }
    Ok(Field { name: value.value, span: value.span })
}

/// In quotes, or a word without blanks.
fn expression(parser: &mut Parser<'_>) -> Parse<Spanned<String>> {
    let start = parser.mark_token();
    if parser.peek() == Some('"') {
        return parser.quoted('"');
    }
    let value = parser.eat_while(|c| !c.is_whitespace() && c != '|').to_owned();
    Ok(Spanned { value, span: parser.span_from(start) })
}
