//! `fields`

use super::Typed;
use crate::ast::CommandKind;
use crate::parse::{Parse, Parser};
use crate::print::push_fields;

pub(super) const COMMAND: Typed = Typed {
    name: "fields",
    aliases: &[],
    syntax: "fields [+|-] <wc-field-list>",
    summary: "keeps or removes fields",
    examples: &["search * | fields dest, user", "search * | fields - _raw, tag*", "search * | fields + a"],
    parse,
    print: |kind, out| {
        let CommandKind::Fields { remove, fields } = kind else { return };
        if *remove {
            out.push_str(" -");
        }
        push_fields(fields, out);
    },
};

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let remove = parser.eat_token("-");
    if !remove {
        parser.eat_token("+");
    }
    let fields = parser.fields(&[])?;
    Ok(CommandKind::Fields { remove, fields })
}
