//! `eval`: later assignments see earlier ones.

use diag::codes;
use spl::ast::{Command, CommandKind};

use super::{Spec, wants_results};
use crate::checker::Checker;
use crate::{Op, expr};

pub(super) const SPEC: Spec = Spec { name: "eval", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
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
        let value = expr::resolve(checker, &assignment.expr);
        checker.schema.add(&field.name);
        lowered.push((field.name.clone(), value));
    }
    Some(Op::Eval(lowered))
}
