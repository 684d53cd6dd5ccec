//! `xmlunescape`: the entities of `_raw` become the characters that they stand for.

use spl::ast::Command;

use super::Spec;
use super::option::{number, unknown};
use super::words::{arguments, bad_argument};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "xmlunescape", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let plain = arguments(checker, command)?;
    for setting in &plain.options {
        let (name, _) = setting;
        match name.value.to_lowercase().as_str() {
            "maxinputs" => {
                number(checker, setting);
            }
            _ => unknown(checker, name, &["maxinputs"]),
        }
    }
    if let Some(field) = plain.fields.first() {
        let field = spl::ast::Spanned { value: field.name.clone(), span: field.span };
        bad_argument(checker, &field, "`xmlunescape` takes no field");
    }
    checker.reads("_raw", command.name.span);
    Some(Op::Xmlunescape)
}
