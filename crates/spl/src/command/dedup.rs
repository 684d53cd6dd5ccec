//! `dedup`

use super::Typed;
use crate::ast::CommandKind;
use crate::parse::{Parse, Parser};
use crate::print::push_fields;

pub(super) const COMMAND: Typed = Typed {
    name: "dedup",
    aliases: &[],
    syntax: "dedup [<N>] <field-list>",
    summary: "keeps the first results of each combination of values",
    examples: &["search * | dedup dest", "search * | dedup 3 dest, user consecutive=false"],
    parse,
    print: |kind, out| {
        let CommandKind::Dedup { keep, fields } = kind else { return };
        if let Some(keep) = keep {
            out.push_str(&format!(" {keep}"));
        }
        push_fields(fields, out);
    },
};

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let keep = parser.count()?;
    let mut fields = Vec::new();
    loop {
        if parser.at_keyword("sortby") {
            let start = parser.mark();
            parser.recover();
            let span = parser.span_from(start);
            parser.unsupported(span, "`sortby` of `dedup`");
        } else if let Some((name, value)) = parser.option()? {
            let known =
                ["keepevents", "keepempty", "consecutive"].iter().any(|known| name.value.eq_ignore_ascii_case(known));
            if !known {
                return Err(parser.unknown_option("dedup", &name));
            }
            // All three default to false (manual: "dedup command").
            if !["f", "false", "0"].iter().any(|no| value.value.eq_ignore_ascii_case(no)) {
                parser.unsupported(name.span.to(value.span), &format!("`{}` of `dedup`", name.value));
            }
        } else {
            fields.push(parser.field()?);
        }
        if !parser.more(&[]) {
            break;
        }
    }
    if fields.is_empty() {
        return Err(parser.expected("a field"));
    }
    Ok(CommandKind::Dedup { keep, fields })
}
