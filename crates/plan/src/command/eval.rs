//! `eval`: later assignments see earlier ones.

use diag::{Diagnostic, codes};
use spl::ast::{BinaryOp, Command, CommandKind, Expr, ExprKind};

use super::{Spec, wants_results};
use crate::checker::Checker;
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
        if field.name.contains('{') && !field.name.contains("{}") {
            let message = format!("field name `{}` taken from a value is not supported", field.name);
            checker.unsupported(codes::UNSUPPORTED_OPTION, field.span, message);
        }
        if is_boolean(&assignment.expr) {
            let message = format!("field `{}` cannot hold true or false", field.name);
            let found = Diagnostic::error(codes::BAD_ARGUMENT, assignment.expr.span, message);
            checker.push(found.help("choose two values with `if(…, …, …)`"));
        }
        let value = expr::resolve(checker, &assignment.expr);
        checker.schema.add(&field.name);
        lowered.push((field.name.clone(), value));
    }
    Some(Op::Eval(lowered))
}

/// Manual, "eval": the result of an expression cannot be a boolean.
fn is_boolean(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Bool(_) | ExprKind::Not(_) | ExprKind::In { .. } | ExprKind::Like { .. } => true,
        ExprKind::Binary { op, .. } => !matches!(
            op,
            BinaryOp::Add
                | BinaryOp::Subtract
                | BinaryOp::Multiply
                | BinaryOp::Divide
                | BinaryOp::Modulo
                | BinaryOp::Concat
        ),
        ExprKind::Call { name, .. } => matches!(
            name.value.to_lowercase().as_str(),
            "cidrmatch" | "false" | "in" | "isnotnull" | "isnull" | "like" | "match" | "true"
        ),
        _ => false,
    }
}
