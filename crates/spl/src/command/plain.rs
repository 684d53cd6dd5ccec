//! Arguments that are options and fields in any order, which many commands share.

use super::Typed;
use crate::ast::{CommandKind, Plain};
use crate::parse::{Parse, Parser};
use crate::print::{push_fields, push_option};

/// A command with such arguments.
pub(super) const fn command(
    name: &'static str,
    syntax: &'static str,
    summary: &'static str,
    examples: &'static [&'static str],
) -> Typed {
    Typed { name, aliases: &[], syntax, summary, examples, parse: arguments, print }
}

/// Options and fields, split by commas or blanks, up to the end of the command.
pub(super) fn arguments(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let mut plain = Plain::default();
    while !parser.at_end() {
        match parser.option()? {
            Some(option) => plain.options.push(option),
            None => plain.fields.push(parser.field()?),
        }
        while parser.eat_token(",") {}
    }
    Ok(CommandKind::Plain(plain))
}

/// Options before fields.
pub(super) fn print(kind: &CommandKind, out: &mut String) {
    let CommandKind::Plain(plain) = kind else { return };
    plain.options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
    push_fields(&plain.fields, out);
}
