//! `delta`, and what `accum` shares with it

use super::Typed;
use crate::ast::CommandKind;
use crate::parse::{Parse, Parser};
use crate::print::{push_field, push_option};

pub(super) const COMMAND: Typed = Typed {
    name: "delta",
    aliases: &[],
    syntax: "delta <field> [AS <field>] [p=<int>]",
    summary: "computes the difference of a field to an earlier result",
    examples: &["search * | delta size", "search * | delta size as growth p=3"],
    parse: arguments,
    print,
};

/// A field, its new name, and options wherever they stand.
pub(super) fn arguments(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let (mut options, mut field, mut alias) = (Vec::new(), None, None);
    while !parser.at_end() {
        if let Some(option) = parser.option()? {
            options.push(option);
        } else if field.is_none() {
            field = Some(parser.field()?);
            alias = parser.alias()?;
        } else {
            return Err(parser.expected("the end of the command"));
        }
    }
    match field {
        Some(field) => Ok(CommandKind::Running { field, alias, options }),
        None => Err(parser.expected("a field")),
    }
}

pub(super) fn print(kind: &CommandKind, out: &mut String) {
    let CommandKind::Running { field, alias, options } = kind else { return };
    out.push(' ');
    push_field(&field.name, out);
    if let Some(alias) = alias {
        out.push_str(" as ");
        push_field(&alias.name, out);
    }
    options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
}
