//! `where`: keep the rows for which an expression is true; null is not true.

use spl::ast::{Command, CommandKind};

use super::{Spec, wants_results};
use crate::checker::Checker;
use crate::{Op, expr};

pub(super) const SPEC: Spec = Spec { name: "where", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Where(condition) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    Some(Op::Where(expr::condition(checker, condition)))
}
