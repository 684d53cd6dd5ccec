//! `makeresults`

use super::Typed;
use crate::ast::{CommandKind, Plain};
use crate::parse::{Parse, Parser};
use crate::print::{push_fields, push_option};

pub(super) const COMMAND: Typed = Typed {
    name: "makeresults",
    aliases: &[],
    syntax: "makeresults [count=<num>] [annotate=<bool>] [format=csv|json data=\"<string>\"]",
    summary: "makes results out of nothing",
    examples: &[
        "| makeresults count=3 annotate=t",
        "| makeresults format=csv data=\"user,n\nalice,1\nbob,2\"",
        "| makeresults format=json data=\"[{\\\"user\\\": \\\"alice\\\"}]\"",
    ],
    parse: arguments,
    print,
};

/// Options and fields in any order.
pub(super) fn arguments(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let mut plain = Plain::default();
    while !parser.at_end() {
        match parser.option()? {
            Some(option) => plain.options.push(option),
            None => plain.fields.push(parser.field()?),
        }
        parser.eat_token(",");
    }
    Ok(CommandKind::Plain(plain))
}

pub(super) fn print(kind: &CommandKind, out: &mut String) {
    let CommandKind::Plain(plain) = kind else { return };
    push_fields(&plain.fields, out);
    plain.options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
}
