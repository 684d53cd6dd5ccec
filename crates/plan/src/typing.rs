//! What kind of value an eval expression gives, as far as its text tells.

use spl::ast::{BinaryOp, Expr, ExprKind};
use spl::function::Gives;

/// The value of an eval expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Static {
    /// True or false.
    Truth,
    /// A number.
    Number,
    /// Text.
    Text,
    /// Several values.
    Values,
    /// A field's value, or nothing: known only when the search runs.
    Any,
}

/// The kind of an expression's value.
pub fn kind(expr: &Expr) -> Static {
    match &expr.kind {
        ExprKind::Field(_) | ExprKind::Null => Static::Any,
        ExprKind::Text(_) => Static::Text,
        ExprKind::Number(_) | ExprKind::Negate(_) => Static::Number,
        ExprKind::Bool(_) | ExprKind::Not(_) | ExprKind::In { .. } | ExprKind::Like { .. } => Static::Truth,
        ExprKind::Binary { op, left, right } => binary(*op, left, right),
        ExprKind::Call { name, arguments } => call(&name.value, arguments),
    }
}

fn binary(op: BinaryOp, left: &Expr, right: &Expr) -> Static {
    match op {
        BinaryOp::Concat => Static::Text,
        BinaryOp::Add => match (kind(left), kind(right)) {
            (Static::Text, _) | (_, Static::Text) => Static::Text,
            (Static::Number, _) | (_, Static::Number) => Static::Number,
            _ => Static::Any,
        },
        BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Modulo => Static::Number,
        _ => Static::Truth,
    }
}

fn call(name: &str, arguments: &[Expr]) -> Static {
    match spl::function::eval(name).map(|function| function.gives) {
        Some(Gives::Truth) => Static::Truth,
        Some(Gives::Number) => Static::Number,
        Some(Gives::Text) => Static::Text,
        Some(Gives::Values) => Static::Values,
        Some(Gives::Any) => chosen(name, arguments),
        None => Static::Any,
    }
}

/// What a function gives that chooses among its arguments.
fn chosen(name: &str, arguments: &[Expr]) -> Static {
    let values: Vec<&Expr> = match name.to_ascii_lowercase().as_str() {
        "if" => arguments.iter().skip(1).collect(),
        "case" | "validate" => arguments.iter().skip(1).step_by(2).collect(),
        "coalesce" => arguments.iter().collect(),
        "nullif" => arguments.iter().take(1).collect(),
        _ => return Static::Any,
    };
    // Null is of every kind.
    let mut kinds = values.iter().filter(|value| value.kind != ExprKind::Null).map(|value| kind(value));
    let Some(first) = kinds.next() else { return Static::Any };
    if kinds.all(|other| other == first) { first } else { Static::Any }
}
