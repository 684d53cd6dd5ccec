//! Commands that take options and fields in any order.

use crate::ast::{CommandKind, Plain};
use crate::parse::{Parse, Parser};
use crate::print::{push_fields, push_option};

/// Options and fields up to the end of the command, commas allowed between them.
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

pub(super) fn print(kind: &CommandKind, out: &mut String) {
    let CommandKind::Plain(plain) = kind else { return };
    plain.options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
    push_fields(&plain.fields, out);
}
