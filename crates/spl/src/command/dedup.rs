//! `dedup`

use super::{Typed, sort};
use crate::ast::CommandKind;
use crate::parse::{Parse, Parser};
use crate::print::{push_fields, push_option};

pub(super) const COMMAND: Typed = Typed {
    name: "dedup",
    aliases: &[],
    syntax: "dedup [<N>] <field-list> [keepevents=<bool>] [keepempty=<bool>] [consecutive=<bool>] [sortby [+|-] <field>, ...]",
    summary: "keeps the first results of each combination of values",
    examples: &[
        "search * | dedup dest",
        "search * | dedup 3 dest, user consecutive=false keepempty=t",
        "search * | dedup dest sortby -_time, +num(size)",
    ],
    parse,
    print: |kind, out| {
        let CommandKind::Dedup { keep, fields, options, sort_by } = kind else { return };
        if let Some(keep) = keep {
            out.push_str(&format!(" {keep}"));
        }
        push_fields(fields, out);
        options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
        if !sort_by.is_empty() {
            out.push_str(" sortby");
            sort::push_keys(sort_by, out);
        }
    },
};

const OPTIONS: &[&str] = &["keepevents", "keepempty", "consecutive"];

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let keep = parser.count()?;
    let (mut fields, mut options, mut sort_by) = (Vec::new(), Vec::new(), Vec::new());
    loop {
        if let Some((name, value)) = parser.option()? {
            if !OPTIONS.iter().any(|known| name.value.eq_ignore_ascii_case(known)) {
                return Err(parser.unknown_option("dedup", &name));
            }
            options.push((name, value));
        } else if sort_by.is_empty() && parser.eat_keyword("sortby") {
            sort_by.push(sort::key(parser)?);
        } else if sort_by.is_empty() {
            fields.push(parser.field()?);
        } else {
            sort_by.push(sort::key(parser)?);
        }
        if !parser.more(&[]) {
            break;
        }
    }
    if fields.is_empty() {
        return Err(parser.expected("a field"));
    }
    Ok(CommandKind::Dedup { keep, fields, options, sort_by })
}
