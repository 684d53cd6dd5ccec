//! `bin`, also called `bucket`: times or numbers rounded down to a span.

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind, Spanned};
use spl::time::TimeSpan;

use super::{Spec, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "bin", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Bin { span, field, alias } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    checker.reads_field(field);
    let Some(span) = span else {
        let message = format!("`{}` without `span=` is not supported", command.name.value);
        checker.unsupported(codes::UNSUPPORTED_OPTION, command.span, message);
        return None;
    };
    check_span(checker, span);
    let alias = alias.as_ref().map_or(&field.name, |alias| &alias.name);
    checker.schema.add(alias);
    Some(Op::Bin { field: field.name.clone(), alias: alias.clone(), span: span.value.clone() })
}

/// A number, or a number with a unit of time.
pub(super) fn check_span(checker: &mut Checker<'_>, span: &Spanned<String>) {
    let written = span.value.trim_matches('"');
    if TimeSpan::parse(written).is_some() {
        return;
    }
    if written.contains("log") {
        let message = format!("logarithmic span `{written}` is not supported");
        checker.unsupported(codes::UNSUPPORTED_OPTION, span.span, message);
        return;
    }
    let found = Diagnostic::error(codes::BAD_ARGUMENT, span.span, format!("`{written}` is not a span"));
    checker.push(found.help("write a number and a unit, such as `5m` or `1h`"));
}
