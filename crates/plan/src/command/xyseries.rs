//! `xyseries`: rows that hold a cell each become a table.

use diag::{Diagnostic, codes};
use spl::ast::Command;

use super::option::{boolean, unknown};
use super::{Spec, words};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "xyseries", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let written = words::arguments(checker, command)?;
    let (mut grouped, mut separator, mut format) = (false, ": ".to_owned(), None);
    for setting in &written.options {
        let (name, value) = setting;
        match name.value.to_lowercase().as_str() {
            "grouped" => grouped = boolean(checker, setting).unwrap_or_default(),
            "sep" => separator.clone_from(&value.value),
            "format" => format = Some(value.value.clone()),
            _ => unknown(checker, name, &["format", "grouped", "sep"]),
        }
    }
    let [x, y, values @ ..] = written.fields.as_slice() else {
        return too_few(checker, command);
    };
    if values.is_empty() {
        return too_few(checker, command);
    }
    for field in &written.fields {
        checker.reads_field(field);
    }
    checker.detach(vec![x.name.clone()]);
    let format = format.unwrap_or_else(|| format!("$AGG${separator}$VAL$"));
    let values = values.iter().map(|field| field.name.clone()).collect();
    Some(Op::Xyseries { x: x.name.clone(), y: y.name.clone(), values, format, grouped })
}

fn too_few(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let message = "`xyseries` takes a field for the rows, one for the columns, and at least one for the cells";
    checker.push(Diagnostic::error(codes::SYNTAX, command.span, message));
    None
}
