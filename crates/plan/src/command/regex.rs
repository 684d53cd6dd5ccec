//! `regex`: keep the rows whose field matches; `_raw` by default.

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind};

use super::{Spec, wants_results};
use crate::checker::Checker;
use crate::{Op, pattern};

pub(super) const SPEC: Spec = Spec { name: "regex", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Regex { field, negated, pattern } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let (name, span) = field.as_ref().map_or(("_raw", command.name.span), |field| (field.name.as_str(), field.span));
    checker.reads(name, span);
    if let Some(problem) = pattern::regex_problem(&pattern.value) {
        checker.push(Diagnostic::error(codes::BAD_ARGUMENT, pattern.span, problem));
    }
    Some(Op::Regex { field: name.to_owned(), negated: *negated, pattern: pattern.value.clone() })
}
