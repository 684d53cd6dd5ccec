//! `bin`, also called `bucket`

use super::Typed;
use crate::ast::CommandKind;
use crate::parse::{Parse, Parser};
use crate::print::{push_field, push_option};

pub(super) const COMMAND: Typed = Typed {
    name: "bin",
    aliases: &["bucket", "discretize"],
    syntax: "bin [span=<span>] <field> [AS <field>]",
    summary: "puts times or numbers into buckets of equal size",
    examples: &["search * | bin _time span=5m", "search * | bucket span=10 size AS bucket"],
    parse,
    print: |kind, out| {
        let CommandKind::Bin { span, field, alias } = kind else { return };
        if let Some(span) = span {
            push_option("span", &span.value, out);
        }
        out.push(' ');
        push_field(&field.name, out);
        if let Some(alias) = alias {
            out.push_str(" as ");
            push_field(&alias.name, out);
        }
    },
};

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let (mut span, mut field, mut alias) = (None, None, None);
    while !parser.at_end() {
        if let Some((name, value)) = parser.option()? {
            match name.value.to_ascii_lowercase().as_str() {
                "span" => span = Some(value),
                "bins" | "minspan" | "start" | "end" | "aligntime" => {
                    parser.unsupported(name.span.to(value.span), &format!("`{}` of `bin`", name.value));
                }
                _ => return Err(parser.unknown_option("bin", &name)),
            }
        } else if field.is_none() {
            field = Some(parser.field()?);
            alias = parser.alias()?;
        } else {
            return Err(parser.expected("the end of the command"));
        }
    }
    match field {
        Some(field) => Ok(CommandKind::Bin { span, field, alias }),
        None => Err(parser.expected("a field")),
    }
}
