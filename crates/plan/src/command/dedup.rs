//! `dedup`: the first rows of each combination of values.

use spl::ast::{Command, CommandKind};

use super::{Spec, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "dedup", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Dedup { keep, fields } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    for field in fields {
        checker.reads_field(field);
    }
    let fields = fields.iter().map(|field| field.name.clone()).collect();
    Some(Op::Dedup { keep: keep.unwrap_or(1), fields })
}
