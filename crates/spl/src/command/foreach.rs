//! `foreach`

use super::Typed;
use crate::ast::CommandKind;
use crate::parse::{Parse, Parser};
use crate::print::{push_fields, push_option};

pub(super) const COMMAND: Typed = Typed {
    name: "foreach",
    aliases: &[],
    syntax: "foreach [mode=multifield] <wc-field-list> [fieldstr=<string>] [matchstr=<string>]... [<template>]",
    summary: "computes expressions for each field whose name matches",
    examples: &[
        "search a | foreach stdev_* [eval limit_<<MATCHSTR>>='avg_<<MATCHSTR>>' + 3 * '<<FIELD>>']",
        "search a | foreach * [ eval <<FIELD>>=if(<<FIELD>>=\"null\", null(), <<FIELD>>) ]",
    ],
    parse,
    print: |kind, out| {
        let CommandKind::Foreach { options, fields, template } = kind else { return };
        options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
        push_fields(fields, out);
        out.push_str(" [");
        out.push_str(&template.value);
        out.push(']');
    },
};

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let (mut options, mut fields, mut template) = (Vec::new(), Vec::new(), None);
    while !parser.at_end() {
        if parser.peek() == Some('[') {
            let again = template.is_some();
            let found = parser.bracketed()?;
            if again {
                return Err(parser.error(found.span, "a second template"));
            }
            template = Some(found);
        } else if let Some(option) = parser.option()? {
            options.push(option);
        } else {
            fields.push(parser.field()?);
        }
        parser.eat_token(",");
    }
    match template {
        Some(template) if !fields.is_empty() => Ok(CommandKind::Foreach { options, fields, template }),
        Some(_) => Err(parser.expected("a field")),
        None => Err(parser.expected("a template in `[ ]`")),
    }
}
