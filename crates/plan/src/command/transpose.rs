//! `transpose`: rows become columns; five of them by default, 0 is all.

use spl::ast::Command;

use super::option::{boolean, unknown};
use super::{Spec, words};
use crate::checker::Checker;
use crate::{Op, Schema};

pub(super) const SPEC: Spec = Spec { name: "transpose", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let written = words::arguments(checker, command)?;
    let (mut column_name, mut header_field, mut include_empty) = ("column".to_owned(), None, true);
    for setting in &written.options {
        let (name, value) = setting;
        match name.value.to_lowercase().as_str() {
            "column_name" => column_name.clone_from(&value.value),
            "header_field" => {
                checker.reads(&value.value, value.span);
                header_field = Some(value.value.clone());
            }
            "include_empty" => include_empty = boolean(checker, setting).unwrap_or(true),
            _ => unknown(checker, name, &["column_name", "header_field", "include_empty"]),
        }
    }
    let limit = words::count(checker, command, written, 5)?;
    checker.needs("*");
    if limit == 0 || header_field.is_some() {
        checker.detach(vec![column_name.clone()]);
    } else {
        let rows = (1..=limit).map(|row| format!("row {row}"));
        checker.schema = Schema::closed(std::iter::once(column_name.clone()).chain(rows).collect());
    }
    Some(Op::Transpose { limit, column_name, header_field, include_empty })
}
