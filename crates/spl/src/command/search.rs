//! `search`

use super::Typed;
use crate::ast::CommandKind;
use crate::print::print_term;

pub(super) const COMMAND: Typed = Typed {
    name: "search",
    aliases: &[],
    syntax: "search <logical-expression>",
    summary: "reads events that satisfy search terms, or filters results by them",
    examples: &[
        "search index=main (user=a OR user=b) NOT dest IN (10.0.0.0/8, \"web*\")",
        "search *",
        "error \"access denied\"",
    ],
    parse: |parser| parser.terms(&[]).map(CommandKind::Search),
    print: |kind, out| {
        if let CommandKind::Search(Some(term)) = kind {
            out.push(' ');
            out.push_str(&print_term(term));
        }
    },
};
