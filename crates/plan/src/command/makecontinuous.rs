//! `makecontinuous`: rows for the buckets of a field that have none; `_time` by default.

use spl::ast::Command;

use super::{Spec, buckets, words};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "makecontinuous", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let written = words::arguments(checker, command)?;
    words::at_most(checker, command, written, 1)?;
    let (field, span) = written.fields.first().map_or(("_time", command.name.span), |field| (&field.name, field.span));
    checker.reads(field, span);
    let buckets = buckets::resolve(checker, &written.options);
    Some(Op::Makecontinuous { field: field.to_owned(), buckets })
}
