//! `regex`

use super::Typed;
use crate::ast::{CommandKind, Spanned};
use crate::parse::{Parse, Parser};
use crate::print::{push_field, push_text};

pub(super) const COMMAND: Typed = Typed {
    name: "regex",
    aliases: &[],
    syntax: "regex (<field>=<regex> | <field>!=<regex> | <regex>)",
    summary: "keeps the results whose field matches a regular expression",
    examples: &[
        "search * | regex process=\"(?i)-enc\\w*\"",
        "search * | regex \"a|b\"",
        "search * | regex user != \"^svc_\"",
    ],
    parse,
    print: |kind, out| {
        let CommandKind::Regex { field, negated, pattern } = kind else { return };
        out.push(' ');
        if let Some(field) = field {
            // Without quotes the `!` would be taken for that of `!=`.
            if field.name.ends_with('!') {
                push_text(&field.name, out)
            } else {
                push_field(&field.name, out)
            }
            out.push_str(if *negated { "!=" } else { "=" });
        }
        push_text(&pattern.value, out);
    },
};

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let start = parser.mark_token();
    if parser.peek() == Some('"') {
        let text = parser.quoted('"')?;
        parser.skip_blanks();
        if parser.at_end() {
            return Ok(CommandKind::Regex { field: None, negated: false, pattern: text });
        }
        parser.reset(start);
    }
    let quoted = matches!(parser.peek(), Some('"' | '\''));
    let mut field = parser.field()?;
    // The `!` of `a!="x"` without blanks was read as part of the name.
    let glued = !quoted && field.name.ends_with('!') && parser.peek() == Some('=');
    if glued {
        field.name.pop();
        field.span.end -= 1;
    }
    if field.name.is_empty() {
        return Err(parser.error(field.span, "a field must stand before `!=`"));
    }
    let negated = glued || parser.eat_token("!");
    if !parser.eat_token("=") {
        return Err(parser.expected(&format!("`=` or `!=` after the field `{}`", field.name)));
    }
    let pattern = pattern(parser)?;
    Ok(CommandKind::Regex { field: Some(field), negated, pattern })
}

fn pattern(parser: &mut Parser<'_>) -> Parse<Spanned<String>> {
    let start = parser.mark_token();
    if parser.peek() == Some('"') {
        return parser.quoted('"');
    }
    let value = parser.eat_while(|c| !c.is_whitespace() && c != '|').to_owned();
    if value.is_empty() {
        return Err(parser.expected("a regular expression"));
    }
    Ok(Spanned { value, span: parser.span_from(start) })
}
