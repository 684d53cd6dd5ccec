//! `iplocation`

use super::Typed;
use crate::ast::{CommandKind, Plain};
use crate::parse::{Parse, Parser};
use crate::print::{push_fields, push_option};

pub(super) const COMMAND: Typed = Typed {
    name: "iplocation",
    aliases: &[],
    syntax: "iplocation [prefix=<string>] [allfields=<bool>] [lang=<string>] <ip-address-fieldname>",
    summary: "adds city, country, region and coordinates of an address",
    examples: &["search * | iplocation src", "search * | iplocation prefix=dest_ allfields=true Authentication.dest"],
    parse,
    print: |kind, out| {
        let CommandKind::Plain(plain) = kind else { return };
        plain.options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
        push_fields(&plain.fields, out);
    },
};

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let mut plain = Plain::default();
    while plain.fields.is_empty() || !parser.at_end() {
        if let Some((name, mut value)) = parser.option()? {
            // Languages are split by commas, which end the values of other options.
            while name.value.eq_ignore_ascii_case("lang") && parser.peek() == Some(',') {
                parser.bump();
                value.value.push(',');
                value.value.push_str(parser.eat_while(|c| c.is_alphanumeric() || c == '-'));
            }
            plain.options.push((name, value));
        } else if plain.fields.is_empty() {
            plain.fields.push(parser.field()?);
        } else {
            return Err(parser.expected("the end of the command"));
        }
        parser.eat_token(",");
    }
    Ok(CommandKind::Plain(plain))
}
