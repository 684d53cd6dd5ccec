//! What options of commands may hold.

use diag::{Diagnostic, codes};
use spl::ast::Spanned;

use crate::checker::Checker;

/// An option as written: name and value.
pub(super) type Setting = (Spanned<String>, Spanned<String>);

/// `true`, `t`, `1` or their opposites; anything else is reported.
pub(super) fn boolean(checker: &mut Checker<'_>, name: &Spanned<String>, value: &Spanned<String>) -> Option<bool> {
    match value.value.trim_matches('"').to_lowercase().as_str() {
        "t" | "true" | "1" => Some(true),
        "f" | "false" | "0" => Some(false),
        _ => {
            bad_value(checker, name, value, "`true` or `false`");
            None
        }
    }
}

/// A whole number; anything else is reported.
pub(super) fn whole(checker: &mut Checker<'_>, name: &Spanned<String>, value: &Spanned<String>) -> Option<u64> {
    let number = value.value.parse().ok();
    if number.is_none() {
        bad_value(checker, name, value, "a whole number");
    }
    number
}

/// Report a value that the option does not take.
pub(super) fn bad_value(checker: &mut Checker<'_>, name: &Spanned<String>, value: &Spanned<String>, wanted: &str) {
    let message = format!("option `{}` takes {wanted}, not `{}`", name.value, value.value);
    checker.push(Diagnostic::error(codes::UNKNOWN_OPTION, value.span, message));
}
