//! `addtotals`, and what `addcoltotals` shares with it: sums of numbers, of a row and of a column.

use spl::ast::{Command, Plain};

use super::option::{boolean, unknown};
use super::{Spec, words};
use crate::checker::Checker;
use crate::{Addtotals, Op};

pub(super) const SPEC: Spec = Spec { name: "addtotals", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let written = words::arguments(checker, command)?;
    let (mut row, mut column, mut name_of_sum) = (true, false, "Total".to_owned());
    for setting in &written.options {
        let (name, value) = setting;
        match name.value.to_lowercase().as_str() {
            "row" => row = boolean(checker, setting).unwrap_or(true),
            "col" => column = boolean(checker, setting).unwrap_or_default(),
            "fieldname" => name_of_sum.clone_from(&value.value),
            "labelfield" | "label" => {}
            _ => unknown(checker, name, &["col", "fieldname", "label", "labelfield", "row"]),
        }
    }
    let fields = words::field_list(checker, written);
    let (label_field, label) = label(written);
    let row = row.then_some(name_of_sum);
    if let Some(name) = &row {
        checker.schema.add(name);
    }
    Some(lower(checker, Addtotals { row, column, fields, label_field, label }))
}

/// `labelfield=` and `label=`.
pub(super) fn label(written: &Plain) -> (Option<String>, String) {
    let find = |wanted: &str| {
        let mut options = written.options.iter().rev();
        options.find(|(name, _)| name.value.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.value.clone())
    };
    (find("labelfield"), find("label").unwrap_or_else(|| "Total".to_owned()))
}

/// The field of the label exists once a row of sums has come.
pub(super) fn lower(checker: &mut Checker<'_>, made: Addtotals) -> Op {
    if let Some(label) = made.label_field.as_ref().filter(|_| made.column) {
        checker.needs(label);
        checker.schema.add(label);
    }
    Op::Addtotals(made)
}
