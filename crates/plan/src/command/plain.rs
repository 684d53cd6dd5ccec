//! What commands with options and fields in any order share.

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind, Field, Plain, Spanned};

use super::tstats::bad_value;
use crate::checker::Checker;

/// The arguments of such a command.
pub(super) fn arguments(command: &Command) -> Option<&Plain> {
    match &command.kind {
        CommandKind::Plain(plain) => Some(plain),
        _ => None,
    }
}

/// The one field that the command works on.
pub(super) fn one_field<'c>(checker: &mut Checker<'_>, command: &'c Command, plain: &'c Plain) -> Option<&'c Field> {
    match plain.fields.as_slice() {
        [field] => named(checker, field),
        [] => {
            let message = format!("`{}` needs a field", command.name.value);
            checker.push(Diagnostic::error(codes::BAD_ARGUMENT, command.span, message));
            None
        }
        [_, second, ..] => {
            let message = format!("`{}` takes one field", command.name.value);
            checker.push(Diagnostic::error(codes::BAD_ARGUMENT, second.span, message).label("one too many"));
            None
        }
    }
}

/// A field without wildcards.
fn named<'c>(checker: &mut Checker<'_>, field: &'c Field) -> Option<&'c Field> {
    if field.name.contains('*') {
        let message = format!("`{}` is no single field", field.name);
        checker
            .push(Diagnostic::error(codes::BAD_ARGUMENT, field.span, message).label("wildcards are not allowed here"));
        return None;
    }
    Some(field)
}

/// Refuse internal fields, as the manual does for commands that make or take apart several values.
pub(super) fn not_internal(checker: &mut Checker<'_>, command: &Command, field: &Field) -> Option<()> {
    if !field.name.starts_with('_') {
        return Some(());
    }
    let message = format!("`{}` does not apply to internal fields such as `{}`", command.name.value, field.name);
    checker.push(Diagnostic::error(codes::BAD_ARGUMENT, field.span, message));
    None
}

/// The whole number that an option holds.
pub(super) fn number(checker: &mut Checker<'_>, name: &Spanned<String>, value: &Spanned<String>) -> Option<u64> {
    let number = value.value.parse().ok();
    if number.is_none() {
        bad_value(checker, name, value, "a whole number");
    }
    number
}

/// An option that exists, with a value that Weir cannot run.
pub(super) fn unsupported_option(checker: &mut Checker<'_>, name: &Spanned<String>, value: &Spanned<String>) {
    let message = format!("option `{}={}` is not supported", name.value, value.value);
    checker.unsupported(codes::UNSUPPORTED_OPTION, name.span.to(value.span), message);
}

/// An option that an argument would have had no use for.
pub(super) fn bad_argument(checker: &mut Checker<'_>, value: &Spanned<String>, message: impl Into<String>) {
    checker.push(Diagnostic::error(codes::BAD_ARGUMENT, value.span, message.into()));
}
