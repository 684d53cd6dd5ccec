//! `join`: adds the fields of another search's results that agree in the given fields.
//!
//! Source: Search Reference, "join". Without fields, all fields that both sides have must agree; internal ones such as `_time`
//! are not among them (our reading).

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind, Field, Piped};

use super::{Spec, option, wants_results};
use crate::checker::{Checker, Nested};
use crate::{Join, JoinKind, Op};

pub(super) const SPEC: Spec = Spec { name: "join", check };

const OPTIONS: &[&str] = &["earlier", "max", "overwrite", "type", "usetime"];

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Piped(piped) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let (kind, max, overwrite) = options(checker, piped);
    let right = checker.nested(&piped.subsearch);
    let by = fields(checker, &piped.fields, &right);
    if by.is_empty() {
        // Which fields both sides have is known when the search runs.
        checker.needs("*");
        let shared = |name: &String| right.schema.may_have(name) && !name.starts_with('_');
        if !checker.schema.open && !right.schema.open && !checker.schema.fields.iter().any(shared) {
            let message = "`join` names no field, and the two sides have none in common";
            checker.unsupported(codes::UNSUPPORTED_OPTION, command.span, message);
        }
    }
    checker.mix(&right.schema);
    Some(Op::Join(Join { kind, by, max, overwrite, right: Box::new(right.plan?) }))
}

fn options(checker: &mut Checker<'_>, piped: &Piped) -> (JoinKind, u64, bool) {
    let (mut kind, mut max, mut overwrite) = (JoinKind::Inner, 1, true);
    for setting in &piped.options {
        let (name, value) = setting;
        match name.value.to_lowercase().as_str() {
            "type" => match value.value.to_lowercase().as_str() {
                "inner" => kind = JoinKind::Inner,
                "left" | "outer" => kind = JoinKind::Left,
                _ => option::bad_value(checker, name, value, "`inner`, `left` or `outer`"),
            },
            "max" => max = option::number(checker, setting).unwrap_or(1),
            "overwrite" => overwrite = option::boolean(checker, setting).unwrap_or(true),
            "usetime" => {
                if option::boolean(checker, setting) == Some(true) {
                    option::refuse(checker, setting, "is not supported");
                }
            }
            // It says which way `usetime` goes.
            "earlier" => {
                option::boolean(checker, setting);
            }
            _ => option::unknown(checker, name, OPTIONS),
        }
    }
    (kind, max, overwrite)
}

fn fields(checker: &mut Checker<'_>, fields: &[Field], right: &Nested) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for field in fields {
        if field.name.contains('*') {
            let message = "a wildcard in the fields of `join` is not supported";
            checker.unsupported(codes::UNSUPPORTED_OPTION, field.span, message);
            continue;
        }
        checker.reads_field(field);
        if !right.schema.may_have(&field.name) {
            let message = format!("the subsearch yields no field `{}`", field.name);
            let found = Diagnostic::warning(codes::UNKNOWN_FIELD, field.span, message);
            checker.push(found.label("no result agrees"));
        }
        if !names.contains(&field.name) {
            names.push(field.name.clone());
        }
    }
    names
}
