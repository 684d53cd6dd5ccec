//! `eventstats`: aggregates added to every row.

use spl::ast::{Command, CommandKind};

use super::{Spec, stats, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "eventstats", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::EventStats(written) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let (aggregations, by) = stats::resolve(checker, written);
    for made in &aggregations {
        if !made.output.contains('*') {
            checker.schema.add(&made.output);
        }
    }
    Some(Op::Eventstats { aggregations, by })
}
