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
    let options = stats::options(checker, &written.options, &["allnum"]);
    let (aggregations, by) = stats::resolve(checker, written);
    stats::add_outputs(checker, &aggregations);
    Some(Op::Eventstats { aggregations, by, options })
}
