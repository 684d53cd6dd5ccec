//! `fromjson`: the members of a JSON object as fields.

use spl::ast::Command;

use super::plain::{arguments, one_field};
use super::{Spec, stats, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "fromjson", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let plain = arguments(command)?;
    wants_results(checker, command)?;
    let mut prefix = String::new();
    for (name, value) in &plain.options {
        match name.value.to_lowercase().as_str() {
            "prefix" => prefix.clone_from(&value.value),
            _ => stats::unknown_option(checker, name, &["prefix"]),
        }
    }
    let field = one_field(checker, command, plain)?;
    checker.reads_field(field);
    checker.schema.open = true;
    Some(Op::Fromjson { field: field.name.clone(), prefix })
}
