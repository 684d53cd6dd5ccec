//! `rex`: a field for each named group of a regular expression, or an edit of a field.

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind, Rex};
use spl::sed::Sed;

use super::{Spec, wants_results};
use crate::checker::Checker;
use crate::{Op, pattern};

pub(super) const SPEC: Spec = Spec { name: "rex", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Rex(rex) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let (name, span) =
        rex.field.as_ref().map_or(("_raw", command.name.span), |field| (field.name.as_str(), field.span));
    checker.reads(name, span);
    if rex.sed {
        return edit(checker, name, rex);
    }
    if let Some(problem) = pattern::regex_problem(&rex.pattern.value) {
        checker.push(Diagnostic::error(codes::BAD_ARGUMENT, rex.pattern.span, problem));
        return None;
    }
    let groups = pattern::named_groups(&rex.pattern.value);
    if groups.is_empty() {
        let found = Diagnostic::error(codes::BAD_ARGUMENT, rex.pattern.span, "this expression extracts nothing");
        checker.push(found.help("name a group: `(?<name>…)`"));
    }
    // PCRE knows letters, digits and `_` alone.
    let odd = |group: &&String| !group.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if let Some(group) = groups.iter().find(odd) {
        let message = format!("`{group}` cannot name a group");
        checker.push(Diagnostic::error(codes::BAD_ARGUMENT, rex.pattern.span, message));
    }
    groups.iter().for_each(|group| checker.schema.add(group));
    let offset_field = rex.offset_field.as_ref().map(|field| field.name.clone());
    offset_field.iter().for_each(|field| checker.schema.add(field));
    Some(Op::Rex {
        field: name.to_owned(),
        pattern: rex.pattern.value.clone(),
        groups,
        max_match: rex.max_match.unwrap_or(1),
        offset_field,
    })
}

fn edit(checker: &mut Checker<'_>, field: &str, rex: &Rex) -> Option<Op> {
    if rex.max_match.is_some() || rex.offset_field.is_some() {
        let message = "`max_match` and `offset_field` have no meaning beside `mode=sed`";
        checker.push(Diagnostic::error(codes::BAD_ARGUMENT, rex.pattern.span, message));
    }
    let script = match Sed::parse(&rex.pattern.value) {
        Ok(script) => script,
        Err(problem) => {
            checker.push(Diagnostic::error(codes::BAD_ARGUMENT, rex.pattern.span, problem));
            return None;
        }
    };
    if let Sed::Substitute { pattern, .. } = &script
        && let Some(problem) = pattern::regex_problem(pattern)
    {
        checker.push(Diagnostic::error(codes::BAD_ARGUMENT, rex.pattern.span, problem));
    }
    Some(Op::Sed { field: field.to_owned(), script })
}
