//! `accum`: the running total of a field, in its place or as a new field.

use spl::ast::{Command, CommandKind};

use super::option::unknown;
use super::{Spec, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "accum", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Running { field, alias, options } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    options.iter().for_each(|(name, _)| unknown(checker, name, &[]));
    checker.reads_field(field);
    let output = alias.as_ref().map_or(&field.name, |alias| &alias.name).clone();
    checker.schema.add(&output);
    Some(Op::Accum { field: field.name.clone(), output })
}
