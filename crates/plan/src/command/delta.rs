//! `delta`: the difference of a field to its value some rows before, as `delta(f)` or a new name.

use spl::ast::{Command, CommandKind};

use super::option::{bad_value, number, unknown};
use super::{Spec, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "delta", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Running { field, alias, options } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let mut distance = 1;
    for setting in options {
        let (name, value) = setting;
        if !name.value.eq_ignore_ascii_case("p") {
            unknown(checker, name, &["p"]);
            continue;
        }
        match number(checker, setting) {
            Some(0) => bad_value(checker, name, value, "a number above zero"),
            found => distance = found.unwrap_or(distance),
        }
    }
    checker.reads_field(field);
    let output = alias.as_ref().map_or_else(|| format!("delta({})", field.name), |alias| alias.name.clone());
    checker.schema.add(&output);
    Some(Op::Delta { field: field.name.clone(), output, distance })
}
