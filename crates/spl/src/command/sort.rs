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
        push_keys(keys, out);
    },
};

/// Keys split by commas, with a blank before the first.
pub(super) fn push_keys(keys: &[SortKey], out: &mut String) {
    for (at, key) in keys.iter().enumerate() {
        out.push_str(if at == 0 { " " } else { ", " });
        push_key(key, out);
    }
}

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
    loop {
        // `desc` at the end turns every key round (manual: "sort command", optional arguments); behind a comma it is a field.
        if parser.eat_keyword("desc") || parser.eat_keyword("d") {
            keys.iter_mut().for_each(|key| key.descending = !key.descending);
            return Ok(CommandKind::Sort { limit, keys });
        }
        if !parser.more(&[]) {
            return Ok(CommandKind::Sort { limit, keys });
        }
        keys.push(key(parser)?);
    }
}

/// One key, its direction before it.
pub(super) fn key(parser: &mut Parser<'_>) -> Parse<SortKey> {
    let descending = parser.eat_token("-");
    if !descending {
        parser.eat_token("+");
    }
    let Some(kind) = order(parser) else {
        return Ok(SortKey { field: parser.field()?, descending, kind: None });
    };
    let field = parser.field()?;
    parser.expect(")")?;
    Ok(SortKey { field, descending, kind: Some(kind) })
}

/// `num(` and the like.
fn order(parser: &mut Parser<'_>) -> Option<String> {
    let start = parser.mark_token();
    let kind = parser.eat_while(char::is_alphanumeric).to_ascii_lowercase();
    if ["auto", "ip", "num", "str"].contains(&kind.as_str()) && parser.eat("(") {
        return Some(kind);
    }
    parser.reset(start);
    None
}
