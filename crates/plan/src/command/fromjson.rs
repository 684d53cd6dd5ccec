//! `fromjson`: the members of a JSON object as fields.

use spl::ast::Command;

use super::Spec;
use super::option::unknown;
use super::words::{arguments, one_field};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "fromjson", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let plain = arguments(checker, command)?;
    let mut prefix = String::new();
    for setting in &plain.options {
        let (name, value) = setting;
        match name.value.to_lowercase().as_str() {
            "prefix" => prefix.clone_from(&value.value),
            _ => unknown(checker, name, &["prefix"]),
        }
    }
    let field = one_field(checker, command, plain)?;
    checker.reads_field(field);
    checker.schema.open = true;
    Some(Op::Fromjson { field: field.name.clone(), prefix })
}
