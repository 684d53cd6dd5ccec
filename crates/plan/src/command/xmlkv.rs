//! `xmlkv`: a field for each element that holds text.

use spl::ast::Command;

use super::plain::{arguments, number, one_field};
use super::{Spec, stats, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "xmlkv", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let plain = arguments(command)?;
    wants_results(checker, command)?;
    for (name, value) in &plain.options {
        match name.value.to_lowercase().as_str() {
            // How many rows go in at once: the rows that come out are the same.
            "maxinputs" => {
                number(checker, name, value);
            }
            _ => stats::unknown_option(checker, name, &["maxinputs"]),
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
