//! `mvexpand`: a row of each value.

use spl::ast::Command;

use super::Spec;
use super::option::{number, unknown};
use super::words::{arguments, not_internal, one_field};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "mvexpand", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let plain = arguments(checker, command)?;
    let mut limit = 0;
    for setting in &plain.options {
        let (name, _) = setting;
        match name.value.to_lowercase().as_str() {
            "limit" => limit = number(checker, setting).unwrap_or(0),
            _ => unknown(checker, name, &["limit"]),
        }
    }
    let field = one_field(checker, command, plain)?;
    not_internal(checker, command, field)?;
    checker.reads_field(field);
    Some(Op::Mvexpand { field: field.name.clone(), limit })
}
