//! `fillnull`

use super::Typed;
use crate::ast::CommandKind;
use crate::parse::{Parse, Parser};
use crate::print::{push_fields, push_option};

pub(super) const COMMAND: Typed = Typed {
    name: "fillnull",
    aliases: &[],
    syntax: "fillnull [value=<string>] [<field-list>]",
    summary: "puts a value where a field has none",
    examples: &[
        "search * | fillnull",
        "search * | fillnull value=NULL",
        "search * | fillnull value=\"n a\" dest, user",
    ],
    parse,
    print: |kind, out| {
        let CommandKind::Fillnull { value, fields } = kind else { return };
        if let Some(value) = value {
            push_option("value", &value.value, out);
        }
        push_fields(fields, out);
    },
};

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let mut value = None;
    let mut fields = Vec::new();
    while !parser.at_end() {
        if let Some((name, found)) = parser.option()? {
            if !name.value.eq_ignore_ascii_case("value") {
                return Err(parser.unknown_option("fillnull", &name));
            }
            value = Some(found);
        } else {
            fields.push(parser.field()?);
        }
        parser.eat_token(",");
    }
    Ok(CommandKind::Fillnull { value, fields })
}
