//! `table`

use super::Typed;
use crate::ast::CommandKind;
use crate::print::push_fields;

pub(super) const COMMAND: Typed = Typed {
    name: "table",
    aliases: &[],
    syntax: "table <wc-field-list>",
    summary: "keeps the named fields, in the order named",
    examples: &["search * | table _time dest, \"user name\" Processes.*"],
    parse: |parser| parser.fields(&[]).map(CommandKind::Table),
    print: |kind, out| {
        if let CommandKind::Table(fields) = kind {
            push_fields(fields, out);
        }
    },
};
