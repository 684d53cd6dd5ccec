//! `inputlookup`

use super::Typed;
use crate::ast::{CommandKind, Spanned};
use crate::parse::{Parse, Parser};
use crate::print::{print_filter, push_field, push_option};

pub(super) const COMMAND: Typed = Typed {
    name: "inputlookup",
    aliases: &[],
    syntax: "inputlookup [append=<bool>] [strict=<bool>] [start=<int>] [max=<int>] (<filename> | <tablename>) \
             [WHERE <search-query>]",
    summary: "reads the rows of a lookup",
    examples: &[
        "| inputlookup users",
        "| inputlookup users.csv where department=IT name=\"a*\"",
        "search * | table user | inputlookup append=t users start=1 max=10",
    ],
    parse,
    print: |kind, out| {
        let CommandKind::Inputlookup { options, name, filter } = kind else { return };
        options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
        out.push(' ');
        push_field(&name.value, out);
        if let Some(filter) = filter {
            out.push_str(" where ");
            out.push_str(&print_filter(filter));
        }
    },
};

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let (mut options, mut name) = (Vec::new(), None);
    loop {
        if name.is_some() && (parser.at_end() || parser.at_keyword("where")) {
            break;
        }
        if let Some(option) = parser.option()? {
            options.push(option);
        } else if name.is_none() {
            let field = parser.field()?;
            name = Some(Spanned { value: field.name, span: field.span });
        } else {
            return Err(parser.expected("`WHERE` or the end of the command"));
        }
        parser.eat_token(",");
    }
    let filter = match parser.eat_keyword("where") {
        true => match parser.terms(&[])? {
            Some(filter) => Some(filter),
            None => return Err(parser.expected("a search term after `WHERE`")),
        },
        false => None,
    };
    let name = name.ok_or_else(|| parser.expected("a lookup"))?;
    Ok(CommandKind::Inputlookup { options, name, filter })
}
