//! `xmlunescape`: the entities of `_raw` become the characters that they stand for.

use spl::ast::Command;

use super::plain::{arguments, bad_argument, number};
use super::{Spec, stats, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "xmlunescape", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let plain = arguments(command)?;
    wants_results(checker, command)?;
    for (name, value) in &plain.options {
        match name.value.to_lowercase().as_str() {
            "maxinputs" => {
                number(checker, name, value);
            }
            _ => stats::unknown_option(checker, name, &["maxinputs"]),
        }
    }
    if let Some(field) = plain.fields.first() {
        let field = spl::ast::Spanned { value: field.name.clone(), span: field.span };
        bad_argument(checker, &field, "`xmlunescape` takes no field");
    }
    checker.reads("_raw", command.name.span);
    Some(Op::Xmlunescape)
}
