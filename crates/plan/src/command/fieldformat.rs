//! `fieldformat`: how a field is shown. Its value stays (manual: "fieldformat"), and results are values here: nothing changes.

use spl::ast::{Command, CommandKind};

use super::{Spec, wants_results};
use crate::checker::Checker;
use crate::{Op, expr};

pub(super) const SPEC: Spec = Spec { name: "fieldformat", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Eval(assignments) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    for assignment in assignments {
        checker.reads_field(&assignment.field);
        expr::resolve(checker, &assignment.expr);
    }
    Some(Op::Eval(Vec::new()))
}
