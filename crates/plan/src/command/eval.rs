//! `eval`: later assignments see earlier ones.

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind, Expr, ExprKind};
use spl::computed::{self, Part};

use super::{Spec, wants_results};
use crate::checker::Checker;
use crate::typing::{self, Static};
use crate::{Op, expr};

pub(super) const SPEC: Spec = Spec { name: "eval", check };

pub(super) fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Eval(assignments) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let mut lowered = Vec::new();
    for assignment in assignments {
        let field = &assignment.field;
        if is_boolean(&assignment.expr) {
            let message = format!("field `{}` cannot hold true or false", field.name);
            let found = Diagnostic::error(codes::BAD_ARGUMENT, assignment.expr.span, message);
            checker.push(found.help("choose two values with `if(…, …, …)`"));
        }
        let value = expr::resolve(checker, &assignment.expr);
        match computed::parts(&field.name) {
            Some(parts) => {
                let named =
                    parts.iter().filter_map(|part| if let Part::Field(name) = part { Some(name) } else { None });
                named.for_each(|name| {
                    checker.reads(name, field.span);
                });
                // What it is called is known when the search runs.
                checker.schema.open = true;
            }
            None => checker.schema.add(&field.name),
        }
        lowered.push((field.name.clone(), value));
    }
    Some(Op::Eval(lowered))
}

/// Manual, "eval": the result of an expression cannot be a boolean. One that a function chooses becomes text: the manual's
/// example for `isnum` assigns `if(…, match(…), false)` and finds `True` in the field.
fn is_boolean(expr: &Expr) -> bool {
    let chosen = matches!(&expr.kind, ExprKind::Call { name, .. }
        if matches!(name.value.as_str(), "case" | "coalesce" | "if" | "nullif" | "validate"));
    typing::kind(expr) == Static::Truth && !chosen
}
