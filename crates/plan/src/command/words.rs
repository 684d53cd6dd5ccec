//! Commands that take options and fields in any order.

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind, Field, Plain, Spanned};

use super::option::unknown;
use super::wants_results;
use crate::Op;
use crate::checker::Checker;

/// The arguments of a command that works on results.
pub(super) fn arguments<'c>(checker: &mut Checker<'_>, command: &'c Command) -> Option<&'c Plain> {
    let CommandKind::Plain(plain) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    Some(plain)
}

/// Report every option: the command has none.
pub(super) fn no_options(checker: &mut Checker<'_>, plain: &Plain) {
    plain.options.iter().for_each(|(name, _)| unknown(checker, name, &[]));
}

/// A command without arguments.
pub(super) fn bare(checker: &mut Checker<'_>, command: &Command, op: Op) -> Option<Op> {
    let plain = arguments(checker, command)?;
    no_options(checker, plain);
    at_most(checker, command, plain, 0)?;
    Some(op)
}

/// Exactly so many fields; each of them is read.
pub(super) fn fields<'c>(
    checker: &mut Checker<'_>,
    command: &Command,
    plain: &'c Plain,
    wanted: usize,
) -> Option<&'c [Field]> {
    at_most(checker, command, plain, wanted)?;
    if plain.fields.len() < wanted {
        let message = format!("`{}` takes {wanted} fields, found {}", command.name.value, plain.fields.len());
        checker.push(Diagnostic::error(codes::SYNTAX, command.span, message));
        return None;
    }
    plain.fields.iter().for_each(|field| {
        checker.reads_field(field);
    });
    Some(&plain.fields)
}

/// No more than so many words; the first one too many is reported.
pub(super) fn at_most(checker: &mut Checker<'_>, command: &Command, plain: &Plain, most: usize) -> Option<()> {
    let Some(extra) = plain.fields.get(most) else { return Some(()) };
    let message = format!("`{}` takes no `{}` here", command.name.value, extra.name);
    checker.push(Diagnostic::error(codes::SYNTAX, extra.span, message));
    None
}

/// Fields with wildcards; each of them is read. None at all means every field.
pub(super) fn field_list(checker: &mut Checker<'_>, plain: &Plain) -> Vec<String> {
    for field in &plain.fields {
        if field.name.contains('*') {
            checker.needs(&field.name);
        } else {
            checker.reads_field(field);
        }
    }
    if plain.fields.is_empty() {
        checker.needs("*");
    }
    plain.fields.iter().map(|field| field.name.clone()).collect()
}

/// The number that stands alone; reported when it is none.
pub(super) fn count(checker: &mut Checker<'_>, command: &Command, plain: &Plain, default: u64) -> Option<u64> {
    at_most(checker, command, plain, 1)?;
    let Some(written) = plain.fields.first() else { return Some(default) };
    let number = written.name.parse().ok();
    if number.is_none() {
        let message = format!("`{}` takes a number, not `{}`", command.name.value, written.name);
        checker.push(Diagnostic::error(codes::BAD_ARGUMENT, written.span, message));
    }
    number
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

/// Report a value that the command cannot use.
pub(super) fn bad_argument(checker: &mut Checker<'_>, value: &Spanned<String>, message: impl Into<String>) {
    checker.push(Diagnostic::error(codes::BAD_ARGUMENT, value.span, message.into()));
}
