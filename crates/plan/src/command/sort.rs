//! `sort`: 10,000 rows by default, 0 is all.

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind};

use super::{Spec, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "sort", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Sort { limit, keys } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    for key in keys {
        checker.reads_field(&key.field);
        match key.kind.as_deref() {
            None | Some("auto" | "str" | "num") => {}
            Some("ip") => {
                checker.unsupported(codes::UNSUPPORTED_OPTION, key.field.span, "sorting by `ip()` is not supported");
            }
            Some(other) => {
                let message = format!("`sort` knows no order `{other}`");
                let found = Diagnostic::error(codes::UNKNOWN_OPTION, key.field.span, message);
                checker.push(found.help("use `auto`, `str`, `ip` or `num`"));
            }
        }
    }
    Some(Op::Sort { limit: limit.unwrap_or(10_000), keys: keys.clone() })
}
