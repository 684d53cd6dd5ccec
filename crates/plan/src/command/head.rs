//! `head`: the first rows, 10 by default; with a condition, those before it fails.

use spl::ast::{Command, CommandKind};

use super::option::{boolean, unknown};
use super::{Spec, wants_results};
use crate::checker::Checker;
use crate::{Op, expr};

pub(super) const SPEC: Spec = Spec { name: "head", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Head { limit, condition, options } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let (mut null, mut keep_last) = (false, false);
    for setting in options {
        let name = &setting.0;
        let on = boolean(checker, setting).unwrap_or_default();
        match name.value.to_lowercase().as_str() {
            "null" => null = on,
            "keeplast" => keep_last = on,
            _ => unknown(checker, name, &["keeplast", "limit", "null"]),
        }
    }
    match condition {
        None => Some(Op::Head(limit.unwrap_or(10))),
        Some(condition) => {
            let condition = expr::resolve(checker, condition);
            Some(Op::HeadWhile { limit: *limit, condition, null, keep_last })
        }
    }
}
