//! `outlier`: rows with numbers far from the others dropped, or their numbers cut.

use spl::ast::{Command, CommandKind, Plain};

use super::option::{bad_value, truth};
use super::{Spec, stats, wants_results};
use crate::checker::Checker;
use crate::{Op, Outlier};

pub(super) const SPEC: Spec = Spec { name: "outlier", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Plain(plain) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    lower(checker, plain, &[])
}

const KNOWN: &[&str] = &["action", "mark", "param", "type", "uselower"];

/// The arguments of `outlier`; options in `others` are the caller's.
pub(super) fn lower(checker: &mut Checker<'_>, plain: &Plain, others: &[&str]) -> Option<Op> {
    let mut outlier = Outlier { fields: Vec::new(), remove: false, param: 2.5, upper_only: true, mark: false };
    for (name, value) in &plain.options {
        let written = name.value.to_lowercase();
        match (written.as_str(), value.value.to_lowercase().as_str()) {
            ("action", "rm" | "remove") => outlier.remove = true,
            ("action", "tf" | "transform") => outlier.remove = false,
            ("action", _) => bad_value(checker, name, value, "`remove` or `transform`"),
            ("mark", _) => outlier.mark = truth(checker, name, value).unwrap_or(false),
            ("uselower", _) => outlier.upper_only = !truth(checker, name, value).unwrap_or(false),
            // The only kind there is; older manuals name it.
            ("type", "iqr") => {}
            ("type", _) => bad_value(checker, name, value, "`iqr`"),
            ("param", number) => match number.parse::<f64>() {
                Ok(param) if param.is_finite() => outlier.param = param,
                _ => bad_value(checker, name, value, "a number"),
            },
            (other, _) if others.contains(&other) => {}
            _ => stats::unknown_option(checker, name, KNOWN),
        }
    }
    for field in &plain.fields {
        checker.reads_field(field);
        if field.name.contains('*') {
            let message = "a wildcard in the fields of `outlier` is not supported";
            checker.unsupported(diag::codes::UNSUPPORTED_OPTION, field.span, message);
        }
        outlier.fields.push(field.name.clone());
    }
    if plain.fields.is_empty() {
        checker.needs("*");
    }
    Some(Op::Outlier(outlier))
}
