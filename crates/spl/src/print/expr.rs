//! Eval expressions as text.

use super::{push_quoted, push_text};
use crate::ast::{BinaryOp, Expr, ExprKind};
use crate::parse::is_reserved;

/// Write an expression, with parentheses where the tree needs them.
pub fn print_expr(expr: &Expr) -> String {
    let mut out = String::new();
    push_expr(expr, 0, &mut out);
    out
}

/// A field as eval writes it: in single quotes unless its name is a plain word.
pub(crate) fn print_eval_field(name: &str) -> String {
    let first = name.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
    let plain = first && name.chars().all(|c| c.is_alphanumeric() || c == '_') && !is_reserved(name);
    let mut out = String::new();
    if plain {
        out.push_str(name)
    } else {
        push_quoted(name, '\'', &mut out)
    }
    out
}

const NOT_LEVEL: u8 = 4;
const COMPARE_LEVEL: u8 = 5;
const UNARY_LEVEL: u8 = 9;
const OPERAND_LEVEL: u8 = 10;

/// Write `expr` where operators of `least` and above need no parentheses.
fn push_expr(expr: &Expr, least: u8, out: &mut String) {
    let level = level(&expr.kind);
    if level < least {
        out.push('(');
        push_bare(&expr.kind, out);
        out.push(')');
    } else {
        push_bare(&expr.kind, out);
    }
}

fn push_bare(kind: &ExprKind, out: &mut String) {
    match kind {
        ExprKind::Field(name) => out.push_str(&print_eval_field(name)),
        ExprKind::Text(text) => push_text(text, out),
        ExprKind::Number(number) => out.push_str(number),
        ExprKind::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        ExprKind::Null => out.push_str("null"),
        ExprKind::Call { name, arguments } => {
            out.push_str(&name.value);
            push_list(arguments, out);
        }
        ExprKind::Negate(operand) => {
            out.push('-');
            push_expr(operand, UNARY_LEVEL, out);
        }
        ExprKind::Not(operand) => {
            // `NOT NOT x` needs no parentheses, and each pair would be a level of nesting more.
            out.push_str("NOT ");
            push_expr(operand, NOT_LEVEL, out);
        }
        ExprKind::Binary { op, left, right } => push_binary(*op, left, right, out),
        ExprKind::In { value, list } => {
            push_expr(value, COMPARE_LEVEL, out);
            out.push_str(" IN ");
            push_list(list, out);
        }
        ExprKind::Like { value, pattern } => {
            push_expr(value, COMPARE_LEVEL, out);
            out.push_str(" LIKE ");
            push_expr(pattern, COMPARE_LEVEL + 1, out);
        }
    }
}

fn push_binary(op: BinaryOp, left: &Expr, right: &Expr, out: &mut String) {
    let (sign, level) = operator(op);
    push_expr(left, level, out);
    out.push(' ');
    out.push_str(sign);
    out.push(' ');
    // The parser keeps chains of AND and OR flat, so they need no parentheses on the right either.
    let chains = matches!(op, BinaryOp::And | BinaryOp::Or);
    push_expr(right, if chains { level } else { level + 1 }, out);
}

fn push_list(list: &[Expr], out: &mut String) {
    out.push('(');
    for (at, expr) in list.iter().enumerate() {
        out.push_str(if at == 0 { "" } else { ", " });
        push_expr(expr, 0, out);
    }
    out.push(')');
}

fn level(kind: &ExprKind) -> u8 {
    match kind {
        ExprKind::Binary { op, .. } => operator(*op).1,
        ExprKind::Not(_) => NOT_LEVEL,
        ExprKind::In { .. } | ExprKind::Like { .. } => COMPARE_LEVEL,
        ExprKind::Negate(_) => UNARY_LEVEL,
        _ => OPERAND_LEVEL,
    }
}

fn operator(op: BinaryOp) -> (&'static str, u8) {
    match op {
        BinaryOp::Xor => ("XOR", 1),
        BinaryOp::Or => ("OR", 2),
        BinaryOp::And => ("AND", 3),
        BinaryOp::Equal => ("=", COMPARE_LEVEL),
        BinaryOp::NotEqual => ("!=", COMPARE_LEVEL),
        BinaryOp::Less => ("<", COMPARE_LEVEL),
        BinaryOp::LessOrEqual => ("<=", COMPARE_LEVEL),
        BinaryOp::Greater => (">", COMPARE_LEVEL),
        BinaryOp::GreaterOrEqual => (">=", COMPARE_LEVEL),
        BinaryOp::Concat => (".", 6),
        BinaryOp::Add => ("+", 7),
        BinaryOp::Subtract => ("-", 7),
        BinaryOp::Multiply => ("*", 8),
        BinaryOp::Divide => ("/", 8),
        BinaryOp::Modulo => ("%", 8),
    }
}
