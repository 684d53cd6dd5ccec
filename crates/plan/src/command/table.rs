//! `table`: these fields, in this order.

use spl::ast::{Command, CommandKind};

use super::fields::keep;
use super::{Spec, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "table", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Table(fields) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    keep(checker, fields);
    Some(Op::Table(fields.iter().map(|field| field.name.clone()).collect()))
}
