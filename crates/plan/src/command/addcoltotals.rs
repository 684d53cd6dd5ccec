//! `addcoltotals`: a row with the sums of the columns.

use spl::ast::Command;

use super::option::unknown;
use super::{Spec, addtotals, words};
use crate::checker::Checker;
use crate::{Addtotals, Op};

pub(super) const SPEC: Spec = Spec { name: "addcoltotals", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let written = words::arguments(checker, command)?;
    let known = ["label", "labelfield"];
    for (name, _) in written.options.iter().filter(|(name, _)| !known.contains(&name.value.to_lowercase().as_str())) {
        unknown(checker, name, &known);
    }
    let fields = words::field_list(checker, written);
    let (label_field, label) = addtotals::label(written);
    Some(addtotals::lower(checker, Addtotals { row: None, column: true, fields, label_field, label }))
}
