//! `mvcombine`: one row of those that differ in one field alone.

use spl::ast::Command;

use super::Spec;
use super::option::unknown;
use super::words::{arguments, not_internal, one_field};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "mvcombine", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let plain = arguments(checker, command)?;
    let mut delimiter = None;
    for setting in &plain.options {
        let (name, value) = setting;
        match name.value.to_lowercase().as_str() {
            "delim" => delimiter = Some(value.value.clone()),
            _ => unknown(checker, name, &["delim"]),
        }
    }
    let field = one_field(checker, command, plain)?;
    not_internal(checker, command, field)?;
    checker.reads_field(field);
    // Rows are alike when all their fields are.
    if checker.schema.open {
        checker.needs("*");
    }
    Some(Op::Mvcombine { field: field.name.clone(), delimiter })
}
