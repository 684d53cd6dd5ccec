//! Eval expressions (manual: "eval command", "Boolean expressions with logical operators").
//!
//! From loosest to tightest: XOR, OR, AND, NOT, comparisons with IN and LIKE, `.`, `+ -`, `* / %`, unary
//! minus. The manual gives the order of the Boolean ones; the place of `.` is our reading.

use text::Span;

use super::{Parse, Parser};
use crate::ast::{BinaryOp, Expr, ExprKind};

/// The deepest tree: chains of AND and OR are balanced, so only other operators count one by one.
const MAX_DEPTH: u32 = 256;

/// The operand of NOT: comparisons and all that binds tighter.
pub(super) const COMPARE_LEVEL: u8 = 5;
/// The operand of a unary minus.
pub(super) const UNARY_LEVEL: u8 = 9;

/// An expression and how deep its tree is.
pub(super) struct Node {
    pub(super) expr: Expr,
    pub(super) depth: u32,
}

#[derive(Clone, Copy)]
enum Infix {
    Binary(BinaryOp),
    In,
    Like,
}

/// Longer signs come first, so that `<=` is not read as `<`.
const SIGNS: [(&str, BinaryOp, u8); 13] = [
    ("==", BinaryOp::Equal, COMPARE_LEVEL),
    ("!=", BinaryOp::NotEqual, COMPARE_LEVEL),
    ("<=", BinaryOp::LessOrEqual, COMPARE_LEVEL),
    (">=", BinaryOp::GreaterOrEqual, COMPARE_LEVEL),
    ("=", BinaryOp::Equal, COMPARE_LEVEL),
    ("<", BinaryOp::Less, COMPARE_LEVEL),
    (">", BinaryOp::Greater, COMPARE_LEVEL),
    (".", BinaryOp::Concat, 6),
    ("+", BinaryOp::Add, 7),
    ("-", BinaryOp::Subtract, 7),
    ("*", BinaryOp::Multiply, 8),
    ("/", BinaryOp::Divide, 8),
    ("%", BinaryOp::Modulo, 8),
];

const WORDS: [(&str, Infix, u8); 5] = [
    ("xor", Infix::Binary(BinaryOp::Xor), 1),
    ("or", Infix::Binary(BinaryOp::Or), 2),
    ("and", Infix::Binary(BinaryOp::And), 3),
    ("in", Infix::In, COMPARE_LEVEL),
    ("like", Infix::Like, COMPARE_LEVEL),
];

impl Parser<'_> {
    /// An expression.
    pub(crate) fn expression(&mut self) -> Parse<Expr> {
        self.operators(0).map(|node| node.expr)
    }

    /// `(EXPR)`, as some commands take it.
    pub(crate) fn parenthesised_expression(&mut self) -> Parse<Expr> {
        self.expect("(")?;
        let expr = self.nested(Self::expression)?;
        self.expect(")")?;
        Ok(expr)
    }

    /// An expression in double quotes, as some options take it; every part of it has the place of the whole.
    pub(crate) fn quoted_expression(&mut self) -> Parse<Expr> {
        let text = self.quoted('"')?;
        let mut inner = Parser::new(&text.value);
        inner.nesting = self.nesting;
        let mut read = inner.expression();
        if read.is_ok() && !(inner.at_end() && inner.peek().is_none()) {
            read = Err(inner.expected("the end of the expression"));
        }
        for mut found in inner.diagnostics {
            found.primary.span = text.span;
            self.diagnostics.push(found);
        }
        self.unsupported |= inner.unsupported;
        let mut expr = read?;
        place(&mut expr, text.span);
        Ok(expr)
    }

    /// An operand and the operators behind it that bind at least as tightly as `least`.
    pub(super) fn operators(&mut self, least: u8) -> Parse<Node> {
        let mut left = self.operand(least)?;
        while let Some((token, infix, level)) = self.peek_infix()
            && level >= least
        {
            left = match infix {
                Infix::Binary(op @ (BinaryOp::And | BinaryOp::Or)) => self.chain(op, token, level, left)?,
                Infix::Binary(op) => {
                    self.eat_infix(token);
                    let right = self.operators(level + 1)?;
                    self.join(left, right, |left, right| ExprKind::Binary { op, left, right })?
                }
                Infix::Like => {
                    self.eat_infix(token);
                    let pattern = self.operators(level + 1)?;
                    self.join(left, pattern, |value, pattern| ExprKind::Like { value, pattern })?
                }
                Infix::In => {
                    self.eat_infix(token);
                    self.in_expressions(left)?
                }
            };
        }
        Ok(left)
    }

    /// `a AND b AND …`, of any length: the tree is balanced so that no walk over it runs out of stack.
    fn chain(&mut self, op: BinaryOp, token: &str, level: u8, first: Node) -> Parse<Node> {
        let mut depth = first.depth;
        let mut operands = vec![first.expr];
        while self.peek_infix().is_some_and(|(next, _, _)| next == token) {
            self.eat_infix(token);
            let next = self.operators(level + 1)?;
            depth = depth.max(next.depth);
            operands.push(next.expr);
        }
        let count = u32::try_from(operands.len()).unwrap_or(u32::MAX);
        let expr = Expr::chain(op, operands);
        self.node(expr.kind, expr.span, depth + count.ilog2())
    }

    fn join(&mut self, left: Node, right: Node, kind: impl FnOnce(Box<Expr>, Box<Expr>) -> ExprKind) -> Parse<Node> {
        let span = left.expr.span.to(right.expr.span);
        let depth = left.depth.max(right.depth);
        self.node(kind(Box::new(left.expr), Box::new(right.expr)), span, depth)
    }

    /// A node over children of `depth`.
    pub(super) fn node(&mut self, kind: ExprKind, span: Span, depth: u32) -> Parse<Node> {
        if depth >= MAX_DEPTH {
            return Err(self.error(span, format!("more than {MAX_DEPTH} operators inside each other")));
        }
        Ok(Node { expr: Expr { kind, span }, depth: depth + 1 })
    }

    /// `(b, …)` behind `a IN`.
    fn in_expressions(&mut self, value: Node) -> Parse<Node> {
        let start = value.expr.span;
        let (list, depth) = self.parenthesised_list()?;
        let span = Span { end: self.position_span().end, ..start };
        if list.is_empty() {
            return Err(self.error(span, "this list of values is empty"));
        }
        let depth = depth.max(value.depth);
        self.node(ExprKind::In { value: Box::new(value.expr), list }, span, depth)
    }

    fn position_span(&self) -> Span {
        self.span_from(self.mark())
    }

    /// `(a, …)` or `()`: the expressions and the depth of the deepest.
    pub(super) fn parenthesised_list(&mut self) -> Parse<(Vec<Expr>, u32)> {
        self.skip_blanks();
        let start = self.mark();
        self.bump();
        let opened = self.span_from(start);
        if self.eat_token(")") {
            return Ok((Vec::new(), 0));
        }
        let mut list = Vec::new();
        let mut depth = 0;
        loop {
            let node = self.nested(|parser| parser.operators(0))?;
            depth = depth.max(node.depth);
            list.push(node.expr);
            if self.eat_token(",") {
                continue;
            }
            if self.eat(")") {
                return Ok((list, depth));
            }
            if self.at_end() {
                return Err(self.unclosed(opened, "this parenthesis"));
            }
            return Err(self.expected("`,` or `)`"));
        }
    }

    fn peek_infix(&mut self) -> Option<(&'static str, Infix, u8)> {
        self.skip_blanks();
        let rest = self.rest();
        if let Some((sign, op, level)) = SIGNS.into_iter().find(|(sign, _, _)| rest.starts_with(sign)) {
            return Some((sign, Infix::Binary(op), level));
        }
        let word = self.peek_word();
        WORDS
            .into_iter()
            .find(|(name, _, _)| word.eq_ignore_ascii_case(name))
            .filter(|(name, _, _)| *name != "in" || self.before_list())
    }

    /// Behind `in`: does a list follow?
    fn before_list(&mut self) -> bool {
        let start = self.mark();
        self.eat_infix("in");
        self.skip_blanks();
        let found = self.peek() == Some('(');
        self.reset(start);
        found
    }

    /// Step over an operator that was seen; all are ASCII, so letter case does not change the length.
    fn eat_infix(&mut self, token: &str) {
        for _ in token.chars() {
            self.bump();
        }
    }
}

/// Give every part of an expression one place.
fn place(expr: &mut Expr, span: Span) {
    expr.span = span;
    match &mut expr.kind {
        ExprKind::Call { name, arguments } => {
            name.span = span;
            arguments.iter_mut().for_each(|argument| place(argument, span));
        }
        ExprKind::Negate(operand) | ExprKind::Not(operand) => place(operand, span),
        ExprKind::Binary { left, right, .. } | ExprKind::Like { value: left, pattern: right } => {
            place(left, span);
            place(right, span);
        }
        ExprKind::In { value, list } => {
            place(value, span);
            list.iter_mut().for_each(|item| place(item, span));
        }
        ExprKind::Field(_) | ExprKind::Text(_) | ExprKind::Number(_) | ExprKind::Bool(_) | ExprKind::Null => {}
    }
}
