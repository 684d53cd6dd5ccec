//! `strcat`

use super::Typed;
use crate::ast::{CommandKind, StrcatPart};
use crate::parse::{Parse, Parser};
use crate::print::{push_field, push_option, push_text};

pub(super) const COMMAND: Typed = Typed {
    name: "strcat",
    aliases: &[],
    syntax: "strcat [allrequired=<bool>] (<field> | \"<string>\")... <dest-field>",
    summary: "joins the values of fields and texts into a new field",
    examples: &["search * | strcat src \"/\" dest pair", "search * | strcat allrequired=t host \"::\" port address"],
    parse,
    print: |kind, out| {
        let CommandKind::Strcat { options, parts, output } = kind else { return };
        options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
        for part in parts {
            out.push(' ');
            match part {
                StrcatPart::Field(field) => push_bare(&field.name, out),
                StrcatPart::Text(text) => push_text(&text.value, out),
            }
        }
        out.push(' ');
        push_field(&output.name, out);
    },
};

/// Double quotes would make a text of a field.
fn push_bare(name: &str, out: &mut String) {
    let mut written = String::new();
    push_field(name, &mut written);
    if written.starts_with('"') {
        crate::print::push_quoted(name, '\'', out);
    } else {
        out.push_str(&written);
    }
}

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let (mut options, mut parts) = (Vec::new(), Vec::new());
    while !parser.at_end() {
        if let Some(option) = parser.option()? {
            options.push(option);
        } else if parser.peek() == Some('"') {
            parts.push(StrcatPart::Text(parser.quoted('"')?));
        } else {
            parts.push(StrcatPart::Field(parser.field()?));
        }
        while parser.eat_token(",") {}
    }
    let output = match parts.pop() {
        Some(StrcatPart::Field(field)) => Some(field),
        // The last one is a field, in quotes or not.
        Some(StrcatPart::Text(text)) if !text.value.is_empty() => {
            Some(crate::ast::Field { name: text.value, span: text.span })
        }
        _ => None,
    };
    match output {
        Some(output) if parts.len() > 1 => Ok(CommandKind::Strcat { options, parts, output }),
        _ => Err(parser.expected("two fields or texts and the name of a new field")),
    }
}
