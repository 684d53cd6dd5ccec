//! `xmlkv`: a field for each element that holds text.

use spl::ast::Command;

use super::Spec;
use super::option::{number, unknown};
use super::words::{arguments, one_field};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "xmlkv", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let plain = arguments(checker, command)?;
    for setting in &plain.options {
        let (name, _) = setting;
        match name.value.to_lowercase().as_str() {
            // How many rows go in at once: the rows that come out are the same.
            "maxinputs" => {
                number(checker, setting);
            }
            _ => unknown(checker, name, &["maxinputs"]),
        }
    }
    let field = match plain.fields.is_empty() {
        true => None,
        false => Some(one_field(checker, command, plain)?),
    };
    let (name, span) = field.map_or(("_raw", command.name.span), |field| (field.name.as_str(), field.span));
    checker.reads(name, span);
    checker.schema.open = true;
    Some(Op::Xmlkv { field: name.to_owned() })
}
