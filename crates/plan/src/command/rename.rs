//! `rename`, wildcards included.

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind, Renaming};

use super::{Spec, wants_results};
use crate::Op;
use crate::checker::Checker;
use crate::suggest::slip_of;
use crate::wildcard::{capture, fill};

pub(super) const SPEC: Spec = Spec { name: "rename", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Rename(renamings) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let mut lowered = Vec::new();
    for renaming in renamings {
        if renaming.from.name.contains('*') || renaming.to.name.contains('*') {
            wildcard(checker, renaming);
        } else {
            plain(checker, renaming);
        }
        lowered.push((renaming.from.name.clone(), renaming.to.name.clone()));
    }
    Some(Op::Rename(lowered))
}

/// Manual, "rename": renaming a field that does not exist does nothing, but empties the target if that exists.
fn plain(checker: &mut Checker<'_>, renaming: &Renaming) {
    let (from, to) = (&renaming.from.name, &renaming.to.name);
    if !checker.reads_field(&renaming.from) {
        checker.schema.remove(to);
    } else if checker.schema.fields.contains(from) {
        checker.schema.rename(from, to);
    } else {
        checker.schema.add(to);
    }
}

/// Both names have as many wildcards: the parser sees to it.
fn wildcard(checker: &mut Checker<'_>, renaming: &Renaming) {
    let (from, to) = (&renaming.from, &renaming.to);
    checker.needs(&from.name);
    let matching = checker.schema.matching(&from.name);
    if matching.is_empty() && !checker.schema.open {
        unmatched(checker, renaming);
    }
    for name in matching {
        let filled = capture(&from.name, &name).map(|captured| fill(&to.name, &captured));
        if let Some(filled) = filled {
            checker.schema.rename(&name, &filled);
        }
    }
}

/// `Procesess.*` where fields start with `Processes.`: a slip as in a single name, else a warning.
fn unmatched(checker: &mut Checker<'_>, renaming: &Renaming) {
    let from = &renaming.from;
    let message = format!("no field matches `{}`", from.name);
    let prefix = from.name.strip_suffix(".*");
    let prefixes: Vec<String> =
        checker.schema.fields.iter().filter_map(|field| Some(field.split_once('.')?.0.to_owned())).collect();
    let meant = prefix.and_then(|prefix| slip_of(prefix, prefixes.iter().map(String::as_str)));
    let found = match meant {
        Some(meant) => {
            Diagnostic::error(codes::UNKNOWN_FIELD, from.span, message).help(format!("did you mean `{meant}.*`?"))
        }
        None => Diagnostic::warning(codes::UNKNOWN_FIELD, from.span, message),
    };
    checker.push(found.label("renames nothing"));
}
