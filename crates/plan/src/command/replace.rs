//! `replace`: other values in place of whole values.

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind};

use super::{Spec, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "replace", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Replace { pairs, fields } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    for (from, to) in pairs {
        let stars = |text: &str| text.matches('*').count();
        // Manual, "replace": the result has the same number of wildcards, or none.
        if stars(&to.value) != 0 && stars(&to.value) != stars(&from.value) {
            let message = format!("`{}` and `{}` hold different numbers of `*`", from.value, to.value);
            checker.push(Diagnostic::error(codes::BAD_ARGUMENT, from.span.to(to.span), message));
        }
    }
    for field in fields {
        if field.name.contains('*') {
            let message = "a wildcard in the field list of `replace` is not supported";
            checker.unsupported(codes::UNSUPPORTED_OPTION, field.span, message);
        } else {
            checker.reads_field(field);
        }
    }
    Some(Op::Replace {
        pairs: pairs.iter().map(|(from, to)| (from.value.clone(), to.value.clone())).collect(),
        fields: fields.iter().map(|field| field.name.clone()).collect(),
    })
}
