//! Eval expressions: functions and fields checked; a field that cannot exist becomes null.

use diag::{Diagnostic, codes};
use spl::ast::{Expr, ExprKind, Spanned};
use spl::function::Eval;
use text::Span;

use crate::checker::Checker;
use crate::function::SUPPORTED_FUNCTIONS;

/// Check an expression and resolve its names.
pub(crate) fn resolve(checker: &mut Checker<'_>, expr: &Expr) -> Expr {
    let boxed = |checker: &mut Checker<'_>, inner: &Expr| Box::new(resolve(checker, inner));
    let kind = match &expr.kind {
        ExprKind::Field(name) => field(checker, name, expr.span),
        ExprKind::Call { name, arguments } => call(checker, name, arguments, expr.span),
        ExprKind::Negate(inner) => ExprKind::Negate(boxed(checker, inner)),
        ExprKind::Not(inner) => ExprKind::Not(boxed(checker, inner)),
        ExprKind::Binary { op, left, right } => {
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
    constants(checker, function, arguments);
    let arguments = arguments.iter().map(|argument| resolve(checker, argument)).collect();
    ExprKind::Call { name: Spanned { value: lower, span: name.span }, arguments }
}

fn arity(checker: &mut Checker<'_>, function: &Eval, arguments: &[Expr], span: Span) {
    let found = arguments.len();
    if function.takes(found) {
        return;
    }
    let wanted = match (function.min, function.max) {
        _ if function.pairs => "pairs of a condition and a value".to_owned(),
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

/// Arguments that are written out and that the function could never take.
fn constants(checker: &mut Checker<'_>, function: &Eval, arguments: &[Expr]) {
    let Some(Expr { kind: ExprKind::Text(text), span }) = arguments.get(1) else {
        return;
    };
    let problem = match function.name {
        "match" | "replace" | "mvfind" => crate::pattern::regex_problem(text),
        "tostring" => (!matches!(text.as_str(), "hex" | "commas" | "duration"))
            .then(|| format!("`tostring` knows the formats \"hex\", \"commas\" and \"duration\", not \"{text}\"")),
        _ => None,
    };
    if let Some(problem) = problem {
        checker.push(Diagnostic::error(codes::BAD_ARGUMENT, *span, problem));
    }
}
