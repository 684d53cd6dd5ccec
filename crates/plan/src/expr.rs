//! Eval expressions: functions and fields checked; a field that cannot exist becomes null.

use diag::{Diagnostic, codes};
use spl::ast::{BinaryOp, Expr, ExprKind, Spanned};
use spl::function::Eval;
use text::Span;

use crate::arguments;
use crate::checker::Checker;
use crate::function::SUPPORTED_FUNCTIONS;

/// [`resolve`] of an expression that must be a condition.
pub(crate) fn condition(checker: &mut Checker<'_>, expr: &Expr) -> Expr {
    arguments::condition(checker, expr);
    resolve(checker, expr)
}

/// Does an expression call a function?
pub(crate) fn calls(expr: &Expr, function: &str) -> bool {
    let mut found = false;
    expr.visit(&mut |inner| {
        found |= matches!(&inner.kind, ExprKind::Call { name, .. } if name.value.eq_ignore_ascii_case(function));
    });
    found
}

/// Check an expression and resolve its names.
pub(crate) fn resolve(checker: &mut Checker<'_>, expr: &Expr) -> Expr {
    let boxed = |checker: &mut Checker<'_>, inner: &Expr| Box::new(resolve(checker, inner));
    let kind = match &expr.kind {
        ExprKind::Field(name) => field(checker, name, expr.span),
        ExprKind::Call { name, arguments } => call(checker, name, arguments, expr.span),
        ExprKind::Negate(inner) => ExprKind::Negate(boxed(checker, inner)),
        ExprKind::Not(inner) => ExprKind::Not(Box::new(condition(checker, inner))),
        ExprKind::Binary { op, left, right } => {
            match op {
                BinaryOp::And | BinaryOp::Or | BinaryOp::Xor => {
                    arguments::condition(checker, left);
                    arguments::condition(checker, right);
                }
                BinaryOp::Add => arguments::sum(checker, left, right, expr.span),
                _ => {}
            }
            ExprKind::Binary { op: *op, left: boxed(checker, left), right: boxed(checker, right) }
        }
        ExprKind::In { value, list } => {
            let value = boxed(checker, value);
            ExprKind::In { value, list: list.iter().map(|item| resolve(checker, item)).collect() }
        }
        ExprKind::Like { value, pattern } => {
            ExprKind::Like { value: boxed(checker, value), pattern: boxed(checker, pattern) }
        }
        ExprKind::Text(_) | ExprKind::Number(_) | ExprKind::Bool(_) | ExprKind::Null => expr.kind.clone(),
    };
    Expr { kind, span: expr.span }
}

fn field(checker: &mut Checker<'_>, name: &str, span: Span) -> ExprKind {
    if name.starts_with('{') && name.ends_with('}') {
        checker.unsupported(
            codes::UNSUPPORTED_OPTION,
            span,
            format!("field name `{name}` taken from a value is not supported"),
        );
        return ExprKind::Null;
    }
    if checker.reads(name, span) { ExprKind::Field(name.to_owned()) } else { ExprKind::Null }
}

fn call(checker: &mut Checker<'_>, name: &Spanned<String>, arguments: &[Expr], span: Span) -> ExprKind {
    let lower = name.value.to_lowercase();
    checker.usage.functions.insert(lower.clone());
    let Some(function) = spl::function::eval(&lower) else {
        let message = format!("unknown function `{}`", name.value);
        let found = Diagnostic::error(codes::UNKNOWN_FUNCTION, name.span, message).label("no such eval function");
        checker.unknown(found, spl::function::closest_eval(&lower));
        return ExprKind::Null;
    };
    if !SUPPORTED_FUNCTIONS.contains(&function.name) {
        let message = format!("function `{}` is not supported", name.value);
        checker.unsupported(codes::UNSUPPORTED_FUNCTION, name.span, message);
        return ExprKind::Null;
    }
    arity(checker, function, arguments, span);
    arguments::check(checker, function, arguments, span);
    let field = arguments::lambda_field(function.name, arguments);
    let resolved = arguments.iter().map(|argument| resolve(checker, argument)).collect();
    if field.is_some_and(|field| !checker.schema.may_have(&field)) {
        // Without the field there are no values to go through.
        return ExprKind::Null;
    }
    ExprKind::Call { name: Spanned { value: lower, span: name.span }, arguments: resolved }
}

fn arity(checker: &mut Checker<'_>, function: &Eval, arguments: &[Expr], span: Span) {
    let found = arguments.len();
    if function.takes(found) {
        return;
    }
    let wanted = match (function.min, function.max) {
        _ if matches!(function.name, "case" | "validate") => "pairs of a condition and a value".to_owned(),
        _ if function.pairs_after == Some(0) => "pairs of a key and a value".to_owned(),
        _ if function.pairs_after.is_some() => "a JSON text and pairs of a path and a value".to_owned(),
        (min, Some(max)) if min == max => plural(min),
        (min, Some(max)) => format!("{min} to {}", plural(max)),
        (min, None) => format!("{} or more", plural(min)),
    };
    let message = format!("`{}` takes {wanted}, found {found}", function.name);
    checker.push(Diagnostic::error(codes::WRONG_ARITY, span, message));
}

fn plural(count: usize) -> String {
    if count == 1 { "1 argument".to_owned() } else { format!("{count} arguments") }
}
