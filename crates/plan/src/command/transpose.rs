//! `transpose`: rows become columns; five of them by default, 0 is all.

use spl::ast::Command;

use super::options::boolean;
use super::stats::unknown_option;
use super::{Spec, plain};
use crate::checker::Checker;
use crate::{Op, Schema};

pub(super) const SPEC: Spec = Spec { name: "transpose", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let written = plain::arguments(checker, command)?;
    let (mut column_name, mut header_field, mut include_empty) = ("column".to_owned(), None, true);
    for (name, value) in &written.options {
        match name.value.to_lowercase().as_str() {
            "column_name" => column_name.clone_from(&value.value),
            "header_field" => {
                checker.reads(&value.value, value.span);
                header_field = Some(value.value.clone());
            }
            "include_empty" => include_empty = boolean(checker, name, value).unwrap_or(true),
            _ => unknown_option(checker, name, &["column_name", "header_field", "include_empty"]),
        }
    }
    let limit = plain::count(checker, command, written, 5)?;
    checker.needs("*");
    if limit == 0 || header_field.is_some() {
        checker.detach(vec![column_name.clone()]);
    } else {
        let rows = (1..=limit).map(|row| format!("row {row}"));
        checker.schema = Schema::closed(std::iter::once(column_name.clone()).chain(rows).collect());
    }
    Some(Op::Transpose { limit, column_name, header_field, include_empty })
}
