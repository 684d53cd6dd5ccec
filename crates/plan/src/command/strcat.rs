//! `strcat`: values and texts joined. It has become the `eval` that it stands for.

use spl::ast::{BinaryOp, Command, CommandKind, Expr, ExprKind, Spanned, StrcatPart};
use text::Span;

use super::option::{boolean, unknown};
use super::{Spec, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "strcat", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Strcat { options, parts, output } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let mut all_required = false;
    for setting in options {
        let (name, _) = setting;
        match name.value.to_lowercase().as_str() {
            "allrequired" => all_required = boolean(checker, setting).unwrap_or(false),
            _ => unknown(checker, name, &["allrequired"]),
        }
    }
    let parts: Vec<Expr> = parts.iter().map(|part| read(checker, part, all_required)).collect();
    let joined = parts.into_iter().reduce(|left, right| concat(left, right, output.span))?;
    let value = match all_required {
        false => joined,
        // Without all of them the field stays as it was.
        true => call("coalesce", vec![joined, field(&output.name, output.span)], output.span),
    };
    checker.schema.add(&output.name);
    Some(Op::Eval(vec![(output.name.clone(), value)]))
}

/// Joining with a null gives null, so a field that need not exist is the empty text where it does not.
fn read(checker: &mut Checker<'_>, part: &StrcatPart, required: bool) -> Expr {
    match part {
        StrcatPart::Text(text) => Expr { kind: ExprKind::Text(text.value.clone()), span: text.span },
        StrcatPart::Field(read) => {
            checker.reads_field(read);
            let value = field(&read.name, read.span);
            if required {
                return value;
            }
            let empty = Expr { kind: ExprKind::Text(String::new()), span: read.span };
            call("coalesce", vec![value, empty], read.span)
        }
    }
}

fn field(name: &str, span: Span) -> Expr {
    Expr { kind: ExprKind::Field(name.to_owned()), span }
}

fn concat(left: Expr, right: Expr, span: Span) -> Expr {
    Expr { kind: ExprKind::Binary { op: BinaryOp::Concat, left: Box::new(left), right: Box::new(right) }, span }
}

fn call(name: &str, arguments: Vec<Expr>, span: Span) -> Expr {
    Expr { kind: ExprKind::Call { name: Spanned { value: name.to_owned(), span }, arguments }, span }
}
