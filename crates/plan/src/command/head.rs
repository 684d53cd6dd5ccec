//! `head`: the first rows; 10 by default.

use spl::ast::{Command, CommandKind};

use super::{Spec, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "head", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Head(limit) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    Some(Op::Head(limit.unwrap_or(10)))
}
