//! `join`

use super::{Typed, piped};
use crate::ast::CommandKind;
use crate::parse::{Parse, Parser};

pub(super) const COMMAND: Typed = Typed {
    name: "join",
    aliases: &[],
    syntax: "join [type=inner|outer|left] [max=<int>] [overwrite=<bool>] [<field-list>] <subsearch>",
    summary: "adds to each result the fields of a subsearch's results that agree with it",
    examples: &[
        "search a | join process_guid, _time [| tstats count by process_guid]",
        "search a | join user type=outer max=0 [search b | fields user c]",
        "search a | join [search b]",
    ],
    parse,
    print: piped::print,
};

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let start = parser.mark_token();
    while let Some((name, value)) = parser.option()? {
        // `left=L right=R where L.a=R.b` names fields of both sides, which the tree cannot hold.
        if ["left", "right"].iter().any(|side| name.value.eq_ignore_ascii_case(side)) {
            parser.recover();
            parser.unsupported(name.span.to(value.span), "`join` with names for its sides");
            return Ok(CommandKind::Search(None));
        }
    }
    parser.reset(start);
    piped::arguments(parser, true)
}
