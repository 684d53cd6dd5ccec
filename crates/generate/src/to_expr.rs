//! Terms without fields as expressions that the engine runs.

use spl::ast::{BinaryOp, Expr, ExprKind, Spanned};
use spl::value::{Value, format_number};
use text::Span;

use crate::lower::operator;
use crate::term::Term;

/// The expression of a term; `None` where it speaks of fields or of what is no function.
pub(crate) fn expr(term: &Term) -> Option<Expr> {
    let kind = match term {
        Term::Value(value) => return value_expr(value),
        Term::Call(name, arguments) => call(name, arguments)?,
        Term::Field(..) | Term::Part(..) | Term::Union(_) | Term::Over(_) => return None,
    };
    Some(bare(kind))
}

fn bare(kind: ExprKind) -> Expr {
    Expr { kind, span: Span::default() }
}

fn call(name: &str, arguments: &[Term]) -> Option<ExprKind> {
    if name.starts_with('#') {
        return None;
    }
    let mut exprs = arguments.iter().map(expr).collect::<Option<Vec<Expr>>>()?.into_iter();
    if let Some(op) = operator(name) {
        let (left, right) = (exprs.next()?, exprs.next()?);
        return Some(ExprKind::Binary { op, left: Box::new(left), right: Box::new(right) });
    }
    Some(match name {
        "not" => ExprKind::Not(Box::new(exprs.next()?)),
        "in" => ExprKind::In { value: Box::new(exprs.next()?), list: exprs.collect() },
        _ => ExprKind::Call { name: named(name), arguments: exprs.collect() },
    })
}

fn named(name: &str) -> Spanned<String> {
    Spanned { value: name.to_owned(), span: Span::default() }
}

fn value_expr(value: &Value) -> Option<Expr> {
    Some(bare(match value {
        Value::Null => ExprKind::Null,
        Value::Text(text) => ExprKind::Text(text.to_string()),
        Value::Number(number) if *number < 0.0 => ExprKind::Binary {
            op: BinaryOp::Subtract,
            left: Box::new(bare(ExprKind::Number("0".to_owned()))),
            right: Box::new(bare(ExprKind::Number(format_number(-number)))),
        },
        Value::Number(number) => ExprKind::Number(format_number(*number)),
        Value::Bool(value) => ExprKind::Bool(*value),
        Value::Multi(values) => {
            ExprKind::Call { name: named("mvappend"), arguments: values.iter().map(value_expr).collect::<Option<_>>()? }
        }
    }))
}
