//! `sort`: 10,000 rows by default, 0 is all.

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind, SortKey};

use super::{Spec, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "sort", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Sort { limit, keys } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    check_keys(checker, keys);
    Some(Op::Sort { limit: limit.unwrap_or(10_000), keys: keys.clone() })
}

/// Note what the keys read; an order that `sort` does not know is reported.
pub(super) fn check_keys(checker: &mut Checker<'_>, keys: &[SortKey]) {
    for key in keys {
        checker.reads_field(&key.field);
        if let Some(other) = key.kind.as_deref().filter(|kind| !matches!(*kind, "auto" | "ip" | "num" | "str")) {
            let message = format!("`sort` knows no order `{other}`");
            let found = Diagnostic::error(codes::UNKNOWN_OPTION, key.field.span, message);
            checker.push(found.help("use `auto`, `str`, `ip` or `num`"));
        }
    }
}
