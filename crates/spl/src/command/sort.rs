//! `sort`

use super::Typed;
use crate::ast::{CommandKind, SortKey};
use crate::parse::{Parse, Parser};
use crate::print::push_field;

pub(super) const COMMAND: Typed = Typed {
    name: "sort",
    aliases: &[],
    syntax: "sort [<count> | limit=<count>] [+|-] <field>, ... [d | desc]",
    summary: "sorts results",
    examples: &["search * | sort -count", "search * | sort 0 - a, - num(b), +c", "search * | sort limit=5 a desc"],
    parse,
    print: |kind, out| {
        let CommandKind::Sort { limit, keys } = kind else { return };
        if let Some(limit) = limit {
            out.push_str(&format!(" {limit}"));
        }
        for (at, key) in keys.iter().enumerate() {
            out.push_str(if at == 0 { " " } else { ", " });
            push_key(key, out);
        }
    },
};

fn push_key(key: &SortKey, out: &mut String) {
    if key.descending {
        out.push('-');
    }
    match &key.kind {
        Some(kind) => {
            out.push_str(kind);
            out.push('(');
            push_field(&key.field.name, out);
            out.push(')');
        }
        None => push_field(&key.field.name, out),
    }
}

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let mut limit = parser.count()?;
    if let Some(value) = parser.named_option("limit")? {
        limit = Some(parser.number_option("limit", &value)?);
    }
    let mut keys = vec![key(parser)?];
    while parser.more(&["d", "desc"]) {
        keys.push(key(parser)?);
    }
    // `desc` at the end turns every key round (manual: "sort command", optional arguments).
    if parser.eat_keyword("desc") || parser.eat_keyword("d") {
        keys.iter_mut().for_each(|key| key.descending = !key.descending);
    }
    Ok(CommandKind::Sort { limit, keys })
}

fn key(parser: &mut Parser<'_>) -> Parse<SortKey> {
    let descending = parser.eat_token("-");
    if !descending {
        parser.eat_token("+");
    }
    let field = parser.field()?;
    if !parser.eat("(") {
        return Ok(SortKey { field, descending, kind: None });
    }
    let kind = field.name.to_ascii_lowercase();
    if !["auto", "ip", "num", "str"].contains(&kind.as_str()) {
        let message = format!("`{}` is not an order of `sort`; there are `auto`, `ip`, `num` and `str`", field.name);
        return Err(parser.error(field.span, message));
    }
    let field = parser.field()?;
    parser.expect(")")?;
    Ok(SortKey { field, descending, kind: Some(kind) })
}
