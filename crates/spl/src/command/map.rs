//! `map`

use super::Typed;
use crate::ast::CommandKind;
use crate::parse::{Parse, Parser};
use crate::print::push_option;

pub(super) const COMMAND: Typed = Typed {
    name: "map",
    aliases: &[],
    syntax: "map (search=\"<string>\" | <subsearch>) [maxsearches=<int>]",
    summary: "runs a search for each result, with the result's values in it",
    examples: &[
        "search a | map search=\"search user=$user$ host=\\\"$host$\\\"\" maxsearches=20",
        "search a | map [search user=$user$ | head 1]",
    ],
    parse,
    print: |kind, out| {
        let CommandKind::Map { options, search } = kind else { return };
        options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
        out.push_str(" search=");
        crate::print::push_text(&search.value, out);
    },
};

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let (mut options, mut search) = (Vec::new(), None);
    while !parser.at_end() {
        let found = if parser.peek() == Some('[') {
            Some(parser.bracketed()?)
        } else if let Some((name, value)) = parser.option()? {
            if name.value.eq_ignore_ascii_case("search") {
                Some(value)
            } else {
                options.push((name, value));
                None
            }
        } else {
            let start = parser.mark();
            parser.recover();
            let span = parser.span_from(start);
            parser.unsupported(span, "`map` with the name of a saved search");
            return Ok(CommandKind::Search(None));
        };
        if let Some(found) = found {
            if search.is_some() {
                return Err(parser.error(found.span, "a second search"));
            }
            search = Some(found);
        }
        parser.eat_token(",");
    }
    match search {
        Some(search) => Ok(CommandKind::Map { options, search }),
        None => Err(parser.expected("`search=` or a search in `[ ]`")),
    }
}
