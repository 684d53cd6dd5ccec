//! `spath`: values out of JSON or XML. Without a path the document names the new fields.

use diag::{Diagnostic, codes};
use spl::ast::{Command, Field, Plain, Spanned};

use super::Spec;
use super::option::unknown;
use super::words::{arguments, bad_argument};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "spath", check };

const OPTIONS: &[&str] = &["input", "output", "path"];

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let plain = arguments(checker, command)?;
    let (mut input, mut output, mut path) = (None, None, None);
    for setting in &plain.options {
        let (name, value) = setting;
        match name.value.to_lowercase().as_str() {
            "input" => input = Some(value),
            "output" => output = Some(value),
            "path" => path = Some(value.clone()),
            _ => unknown(checker, name, OPTIONS),
        }
    }
    let path = positional(checker, plain, path)?;
    let (field, span) = input.map_or(("_raw", command.name.span), |input| (input.value.as_str(), input.span));
    checker.reads(field, span);
    let Some(path) = path else {
        if let Some(output) = output {
            let found = Diagnostic::error(codes::BAD_ARGUMENT, output.span, "`output=` needs a path");
            checker.push(found.help("without a path, the document's own names are used"));
        }
        checker.schema.open = true;
        return Some(Op::Spath { input: field.to_owned(), path: None, output: None });
    };
    if spl::path::steps(&path.value).is_none() {
        bad_argument(checker, &path, format!("`{}` is no path", path.value));
    }
    let output = output.map(|output| output.value.clone());
    checker.schema.add(output.as_ref().unwrap_or(&path.value));
    Some(Op::Spath { input: field.to_owned(), path: Some(path.value), output })
}

/// Manual, "spath": the first argument without a name is the path.
fn positional(
    checker: &mut Checker<'_>,
    plain: &Plain,
    path: Option<Spanned<String>>,
) -> Option<Option<Spanned<String>>> {
    let as_path = |field: &Field| Spanned { value: field.name.clone(), span: field.span };
    match (path, plain.fields.as_slice()) {
        (path, []) => Some(path),
        (None, [field]) => Some(Some(as_path(field))),
        (Some(_), [field, ..]) | (None, [_, field, ..]) => {
            bad_argument(checker, &as_path(field), "`spath` takes one path");
            None
        }
    }
}
