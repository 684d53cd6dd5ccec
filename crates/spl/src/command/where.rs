//! `where`

use super::Typed;
use crate::ast::CommandKind;
use crate::print::print_expr;

pub(super) const COMMAND: Typed = Typed {
    name: "where",
    aliases: &[],
    syntax: "where <eval-expression>",
    summary: "keeps the results for which an expression is true",
    examples: &["search * | where count > 5 AND like(user, \"a%\")"],
    parse: |parser| parser.expression().map(CommandKind::Where),
    print: |kind, out| {
        if let CommandKind::Where(expr) = kind {
            out.push(' ');
            out.push_str(&print_expr(expr));
        }
    },
};
