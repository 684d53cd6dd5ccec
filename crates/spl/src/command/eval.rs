//! `eval`

use super::Typed;
use crate::ast::{Assignment, CommandKind};
use crate::parse::{Parse, Parser};
use crate::print::{print_eval_field, print_expr};

pub(super) const COMMAND: Typed = Typed {
    name: "eval",
    aliases: &[],
    syntax: "eval <field>=<expression>[\",\" <field>=<expression>]...",
    summary: "computes fields from expressions; `{f}` in a field's name is the value of f",
    examples: &["search * | eval total=a + b, 'user name'=lower(user), \"x y\"=1", "search * | eval '{counter}'=value"],
    parse: arguments,
    print,
};

pub(super) fn print(kind: &CommandKind, out: &mut String) {
    let CommandKind::Eval(assignments) = kind else { return };
    for (at, assignment) in assignments.iter().enumerate() {
        out.push_str(if at == 0 { " " } else { ", " });
        out.push_str(&print_eval_field(&assignment.field.name));
        out.push('=');
        out.push_str(&print_expr(&assignment.expr));
    }
}

/// Assignments split by commas.
pub(super) fn arguments(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let mut assignments = Vec::new();
    loop {
        let field = parser.field()?;
        if !parser.eat_token("=") {
            return Err(parser.expected(&format!("`=` after the field `{}`", field.name)));
        }
        let expr = parser.expression()?;
        assignments.push(Assignment { field, expr });
        if !parser.eat_token(",") {
            return Ok(CommandKind::Eval(assignments));
        }
    }
}
