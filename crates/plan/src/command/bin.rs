//! `bin`, also called `bucket`: times or numbers rounded down to a span.

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind, Spanned};

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

/// A number, or a number with a unit of time. Months, quarters and years have no fixed length, and `log` spans are rare.
pub(super) fn check_span(checker: &mut Checker<'_>, span: &Spanned<String>) {
    let written = span.value.trim_matches('"');
    let digits = written.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(written.len());
    let (number, unit) = written.split_at_checked(digits).unwrap_or((written, ""));
    let fixed = [
        "", "us", "ms", "cs", "ds", "s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes", "h", "hr",
        "hrs", "hour", "hours", "d", "day", "days", "w", "week", "weeks",
    ];
    let longer = ["mon", "month", "months", "q", "qtr", "qtrs", "quarter", "quarters", "y", "yr", "yrs", "year", "years"];
    let counted = number.parse::<f64>().is_ok_and(|number| number > 0.0) || (number.is_empty() && !unit.is_empty());
    if counted && fixed.contains(&unit) {
        return;
    }
    if counted && longer.contains(&unit) || unit.contains('@') || unit.starts_with("log") {
        checker.unsupported(codes::UNSUPPORTED_OPTION, span.span, format!("span `{written}` is not supported"));
        return;
    }
    let found = Diagnostic::error(codes::BAD_ARGUMENT, span.span, format!("`{written}` is not a span"));
    checker.push(found.help("write a number and a unit, such as `5m` or `1h`"));
}
