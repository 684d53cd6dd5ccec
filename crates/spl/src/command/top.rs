//! `top`, and what `rare` shares with it

use super::Typed;
use crate::ast::{CommandKind, Top};
use crate::parse::{Parse, Parser};
use crate::print::{push_fields, push_option};

pub(super) const COMMAND: Typed = Typed {
    name: "top",
    aliases: &[],
    syntax: "top [<N>] [<top-options>]... <field-list> [BY <field-list>]",
    summary: "counts the most frequent combinations of values",
    examples: &[
        "search * | top dest",
        "search * | top limit=20 useother=t countfield=n dest, user by host",
        "search * | top 5 dest showperc=f",
    ],
    parse: arguments,
    print,
};

/// A number, fields and BY fields; options may stand anywhere.
pub(super) fn arguments(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let mut top = Top::default();
    let mut grouped = false;
    while !parser.at_end() {
        if let Some(option) = parser.option()? {
            top.options.push(option);
        } else if top.fields.is_empty()
            && top.limit.is_none()
            && let Some(limit) = parser.count()?
        {
            top.limit = Some(limit);
        } else if parser.eat_keyword("by") {
            if grouped {
                return Err(parser.error(parser.here(), "`BY` is given twice"));
            }
            grouped = true;
        } else {
            let field = parser.field()?;
            if grouped { top.by.push(field) } else { top.fields.push(field) }
        }
        while parser.eat_token(",") {}
    }
    if top.fields.is_empty() || (grouped && top.by.is_empty()) {
        return Err(parser.expected("a field"));
    }
    Ok(CommandKind::Top(top))
}

pub(super) fn print(kind: &CommandKind, out: &mut String) {
    let CommandKind::Top(top) = kind else { return };
    top.options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
    if let Some(limit) = top.limit {
        out.push_str(&format!(" {limit}"));
    }
    push_fields(&top.fields, out);
    if !top.by.is_empty() {
        out.push_str(" by");
        push_fields(&top.by, out);
    }
}
