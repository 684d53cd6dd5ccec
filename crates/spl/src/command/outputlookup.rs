//! `outputlookup`

use super::Typed;
use crate::ast::{CommandKind, Spanned};
use crate::parse::{Parse, Parser};
use crate::print::{push_field, push_option};

pub(super) const COMMAND: Typed = Typed {
    name: "outputlookup",
    aliases: &[],
    syntax: "outputlookup [append=<bool>] [create_empty=<bool>] [override_if_empty=<bool>] [max=<int>] \
             [key_field=<field>] [allow_updates=<bool>] [createinapp=<bool>] [create_context=<string>] \
             [output_format=<string>] (<filename> | <tablename>)",
    summary: "writes the results to a lookup",
    examples: &[
        "search * | stats count by user | outputlookup users.csv",
        "search * | table user | outputlookup append=true key_field=user seen override_if_empty=f",
    ],
    parse,
    print: |kind, out| {
        let CommandKind::Outputlookup { options, name } = kind else { return };
        options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
        out.push(' ');
        push_field(&name.value, out);
    },
};

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let (mut options, mut name) = (Vec::new(), None);
    while name.is_none() || !parser.at_end() {
        if let Some(option) = parser.option()? {
            options.push(option);
        } else if name.is_none() {
            let field = parser.field()?;
            name = Some(Spanned { value: field.name, span: field.span });
        } else {
            return Err(parser.expected("the end of the command"));
        }
        parser.eat_token(",");
    }
    let name = name.ok_or_else(|| parser.expected("a lookup"))?;
    Ok(CommandKind::Outputlookup { options, name })
}
