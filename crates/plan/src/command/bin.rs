//! `bin`, also called `bucket`: times or numbers put into buckets.

use spl::ast::{Command, CommandKind};

use super::{Spec, buckets, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) use super::buckets::check_time_span as check_span;

pub(super) const SPEC: Spec = Spec { name: "bin", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Bin { options, field, alias } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    checker.reads_field(field);
    let buckets = buckets::resolve(checker, options);
    let alias = alias.as_ref().map_or(&field.name, |alias| &alias.name);
    checker.schema.add(alias);
    Some(Op::Bin { field: field.name.clone(), alias: alias.clone(), buckets })
}
