//! Chains of AND and OR as balanced trees.

use text::Span;

use crate::ast::{BinaryOp, Expr, ExprKind};

impl Expr {
    /// `operands` joined by AND or OR, as a balanced tree; operands that are such chains themselves are taken apart.
    ///
    /// The parser builds chains with it, so a caller who does too gets trees that print and parse back the same.
    pub fn chain(op: BinaryOp, operands: Vec<Self>) -> Self {
        let mut flat = Vec::new();
        operands.into_iter().for_each(|operand| flatten(op, operand, &mut flat));
        balance(op, flat)
    }
}

fn flatten(op: BinaryOp, operand: Expr, flat: &mut Vec<Expr>) {
    match operand.kind {
        ExprKind::Binary { op: inner, left, right } if inner == op => {
            flatten(op, *left, flat);
            flatten(op, *right, flat);
        }
        _ => flat.push(operand),
    }
}

fn balance(op: BinaryOp, mut operands: Vec<Expr>) -> Expr {
    let right = operands.split_off(operands.len().div_ceil(2));
    if right.is_empty() {
        // No operand at all is the empty AND, which holds.
        return operands.pop().unwrap_or(Expr { kind: ExprKind::Bool(op == BinaryOp::And), span: Span::default() });
    }
    let (left, right) = (balance(op, operands), balance(op, right));
    let span = left.span.to(right.span);
    Expr { kind: ExprKind::Binary { op, left: Box::new(left), right: Box::new(right) }, span }
}
