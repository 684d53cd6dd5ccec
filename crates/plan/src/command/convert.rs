//! `convert`.

use diag::{Diagnostic, codes};
use spl::ast::{Aggregate, AggregateArgument, Command, CommandKind};

use super::{Spec, wants_results};
use crate::checker::Checker;
use crate::suggest::nearest;
use crate::wildcard::{capture, fill};
use crate::{Conversion, Op};

pub(super) const SPEC: Spec = Spec { name: "convert", check };

/// The conversions that Weir runs.
pub const SUPPORTED_CONVERSIONS: &[&str] = &["ctime"];

const UNSUPPORTED: &[&str] = &["auto", "dur2sec", "memk", "mktime", "mstime", "none", "num", "rmcomma", "rmunit"];

/// Manual, "convert": the default of `timeformat`.
const TIMEFORMAT: &str = "%m/%d/%Y %H:%M:%S";

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Convert(convert) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let timeformat = convert.timeformat.as_ref().map_or(TIMEFORMAT, |format| format.value.trim_matches('"'));
    let conversions = convert.conversions.iter().filter_map(|conversion| lower(checker, conversion)).collect();
    Some(Op::Convert { timeformat: timeformat.to_owned(), conversions })
}

fn lower(checker: &mut Checker<'_>, written: &Aggregate) -> Option<Conversion> {
    let function = written.function.value.to_lowercase();
    if !known(checker, written, &function) {
        return None;
    }
    let Some(AggregateArgument::Field(field)) = &written.argument else {
        let message = format!("`{function}` takes a field");
        checker.push(Diagnostic::error(codes::WRONG_ARITY, written.span, message));
        return None;
    };
    // A field that does not exist is left alone, which published content relies on: nothing to report.
    checker.needs(&field.name);
    let output = written.alias.as_ref().map_or(&field.name, |alias| &alias.name);
    for name in checker.schema.matching(&field.name) {
        if let Some(captured) = capture(&field.name, &name) {
            checker.schema.add(&fill(output, &captured));
        }
    }
    if checker.schema.open && !output.contains('*') {
        checker.schema.add(output);
    }
    Some(Conversion { function, field: field.name.clone(), output: output.clone() })
}

fn known(checker: &mut Checker<'_>, written: &Aggregate, function: &str) -> bool {
    checker.usage.functions.insert(function.to_owned());
    if SUPPORTED_CONVERSIONS.contains(&function) {
        return true;
    }
    let span = written.function.span;
    if UNSUPPORTED.contains(&function) {
        checker.unsupported(codes::UNSUPPORTED_FUNCTION, span, format!("conversion `{function}` is not supported"));
        return false;
    }
    let found = Diagnostic::error(codes::UNKNOWN_FUNCTION, span, format!("unknown conversion `{function}`"));
    let near = nearest(function, SUPPORTED_CONVERSIONS.iter().chain(UNSUPPORTED).copied());
    checker.unknown(found.label("no such conversion"), near);
    false
}
