//! `mvexpand`: a row of each value.

use spl::ast::Command;

use super::plain::{arguments, not_internal, number, one_field};
use super::{Spec, stats, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "mvexpand", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let plain = arguments(command)?;
    wants_results(checker, command)?;
    let mut limit = 0;
    for (name, value) in &plain.options {
        match name.value.to_lowercase().as_str() {
            "limit" => limit = number(checker, name, value).unwrap_or(0),
            _ => stats::unknown_option(checker, name, &["limit"]),
        }
    }
    let field = one_field(checker, command, plain)?;
    not_internal(checker, command, field)?;
    checker.reads_field(field);
    Some(Op::Mvexpand { field: field.name.clone(), limit })
}
