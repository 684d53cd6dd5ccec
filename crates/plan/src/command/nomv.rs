//! `nomv`: one value of several.

use spl::ast::Command;

use super::Spec;
use super::option::unknown;
use super::words::{arguments, one_field};
use crate::checker::Checker;
use crate::{Op, Stage};

pub(super) const SPEC: Spec = Spec { name: "nomv", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let plain = arguments(checker, command)?;
    plain.options.iter().for_each(|(name, _)| unknown(checker, name, &[]));
    let field = one_field(checker, command, plain)?;
    checker.reads_field(field);
    Some(Op::Nomv { field: field.name.clone(), separator: "\n".to_owned() })
}

/// The separator of a `nomv` behind `before`. Manual, "mvcombine": its delimiter is for a `nomv` that comes directly behind.
pub(crate) fn behind(before: Option<&Stage>, op: Op) -> Op {
    match (before.map(|stage| &stage.op), op) {
        (Some(Op::Mvcombine { field: combined, delimiter: Some(delimiter) }), Op::Nomv { field, .. })
            if *combined == field =>
        {
            Op::Nomv { field, separator: delimiter.clone() }
        }
        (_, op) => op,
    }
}
