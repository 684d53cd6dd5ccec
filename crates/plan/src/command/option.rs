//! Options that several commands have: their values read and checked.

use diag::{Diagnostic, codes};
use spl::ast::Spanned;

use crate::checker::Checker;
use crate::suggest::nearest;
use crate::{Op, Plan, Stage};

/// An option as written: name and value.
pub(super) type Setting = (Spanned<String>, Spanned<String>);

/// The value of an option that is true or false.
pub(super) fn boolean(checker: &mut Checker<'_>, (name, value): &Setting) -> Option<bool> {
    truth(checker, name, value)
}

/// [`boolean`] of a name and a value that stand apart.
pub(super) fn truth(checker: &mut Checker<'_>, name: &Spanned<String>, value: &Spanned<String>) -> Option<bool> {
    match value.value.trim_matches('"').to_lowercase().as_str() {
        "t" | "true" | "1" => Some(true),
        "f" | "false" | "0" => Some(false),
        _ => {
            bad_value(checker, name, value, "`true` or `false`");
            None
        }
    }
}

/// The value of an option that is a whole number.
pub(super) fn number(checker: &mut Checker<'_>, (name, value): &Setting) -> Option<u64> {
    // The error says only that it is no such number, and so does the message.
    let number = value.value.trim_matches('"').parse().ok();
    if number.is_none() {
        bad_value(checker, name, value, "a whole number");
    }
    number
}

/// Report a value that an option does not take.
pub(super) fn bad_value(checker: &mut Checker<'_>, name: &Spanned<String>, value: &Spanned<String>, wanted: &str) {
    let message = format!("option `{}` takes {wanted}, not `{}`", name.value, value.value);
    checker.push(Diagnostic::error(codes::UNKNOWN_OPTION, value.span, message));
}

/// Report an option that the command does not have.
pub(super) fn unknown(checker: &mut Checker<'_>, name: &Spanned<String>, known: &[&str]) {
    let found = Diagnostic::error(codes::UNKNOWN_OPTION, name.span, format!("unknown option `{}`", name.value))
        .label("no such option");
    checker.unknown(found, nearest(&name.value, known.iter().copied()));
}

/// Report an option that Weir cannot follow, with the reason.
pub(super) fn refuse(checker: &mut Checker<'_>, (name, value): &Setting, why: &str) {
    let message = format!("option `{}={}` {why}", name.value, value.value);
    checker.unsupported(codes::UNSUPPORTED_OPTION, name.span.to(value.span), message);
}

/// The options of a command that runs a subsearch and keeps all that it gives: how many results, how long it may take.
/// Gives `maxout`. Weir runs a subsearch to its end, whatever time that takes.
pub(super) fn of_subsearch(checker: &mut Checker<'_>, setting: &Setting, others: &[&str]) -> Option<u64> {
    match setting.0.value.to_lowercase().as_str() {
        "maxout" => return number(checker, setting),
        "maxtime" | "timeout" => {
            number(checker, setting);
        }
        _ => {
            let known: Vec<&str> = ["maxout", "maxtime", "timeout"].iter().chain(others).copied().collect();
            unknown(checker, &setting.0, &known);
        }
    }
    None
}

/// A plan that gives its first `most` results.
pub(super) fn limited(mut plan: Plan, most: Option<u64>) -> Plan {
    if let (Some(most), Some(last)) = (most, plan.stages.last()) {
        let (schema, span) = (last.schema.clone(), last.span);
        plan.stages.push(Stage { op: Op::Head(most), schema, span });
    }
    plan
}
