//! Eval expressions (manual: "eval command", "Boolean expressions with logical operators").
//!
//! From loosest to tightest: XOR, OR, AND, NOT, comparisons with IN and LIKE, `.`, `+ -`, `* / %`, unary
//! minus. The manual gives the order of the Boolean ones; the place of `.` is our reading.

use text::Span;

use super::cursor::is_word;
use super::{Parse, Parser};
use crate::ast::{BinaryOp, Expr, ExprKind, Spanned};

/// The deepest tree: chains of AND and OR are balanced, so only other operators count one by one.
const MAX_DEPTH: u32 = 256;

const NOT_LEVEL: u8 = 4;
const COMPARE_LEVEL: u8 = 5;
const UNARY_LEVEL: u8 = 9;

/// An expression and how deep its tree is.
struct Node {
    expr: Expr,
    depth: u32,
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

    /// An operand and the operators behind it that bind at least as tightly as `least`.
    fn operators(&mut self, least: u8) -> Parse<Node> {
        let mut left = self.operand()?;
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
    fn node(&mut self, kind: ExprKind, span: Span, depth: u32) -> Parse<Node> {
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

    fn operand(&mut self) -> Parse<Node> {
        let start = self.mark_token();
        match self.peek() {
            Some('(') => self.nested(Self::parenthesised),
            Some('"') => {
                let text = self.quoted('"')?;
                self.node(ExprKind::Text(text.value), text.span, 0)
            }
            Some('\'') => {
                let name = self.quoted('\'')?;
                if name.value.is_empty() {
                    return Err(self.error(name.span, "this field name is empty"));
                }
                self.node(ExprKind::Field(name.value), name.span, 0)
            }
            Some('-') => {
                self.bump();
                let operand = self.nested(|parser| parser.operators(UNARY_LEVEL))?;
                let span = self.span_from(start);
                self.node(ExprKind::Negate(Box::new(operand.expr)), span, operand.depth)
            }
            Some('[') => {
                let span = self.subsearch()?.span;
                self.unsupported(span, "a subsearch in an expression");
                self.node(ExprKind::Null, span, 0)
            }
            Some('.') if self.peek_second().is_some_and(|next| next.is_ascii_digit()) => self.number(),
            Some(next) if next.is_ascii_digit() => self.number(),
            _ => self.word(),
        }
    }

    fn parenthesised(&mut self) -> Parse<Node> {
        let start = self.mark();
        self.bump();
        let opened = self.span_from(start);
        let inner = self.operators(0)?;
        if self.at_end() {
            return Err(self.unclosed(opened, "this parenthesis"));
        }
        self.expect(")")?;
        Ok(inner)
    }

    fn number(&mut self) -> Parse<Node> {
        let start = self.mark();
        self.eat_while(|c| c.is_ascii_digit());
        if self.peek() == Some('.') && self.peek_second().is_some_and(|next| next.is_ascii_digit()) {
            self.bump();
            self.eat_while(|c| c.is_ascii_digit());
        }
        self.exponent();
        let number = self.text_from(start).to_owned();
        let rest = self.eat_while(is_word);
        let span = self.span_from(start);
        if !rest.is_empty() {
            let name = span.of(self.text).to_owned();
            let failed = self.error(span, format!("`{name}` is neither a number nor a field name"));
            self.help(&format!("a field whose name starts with a digit stands in single quotes: `'{name}'`"));
            return Err(failed);
        }
        self.node(ExprKind::Number(number), span, 0)
    }

    /// `e5`, `E-5`
    fn exponent(&mut self) {
        let start = self.mark();
        if !matches!(self.peek(), Some('e' | 'E')) {
            return;
        }
        self.bump();
        if matches!(self.peek(), Some('+' | '-')) {
            self.bump();
        }
        if self.eat_while(|c| c.is_ascii_digit()).is_empty() {
            self.reset(start);
        }
    }

    /// NOT, a function call, a constant or a field.
    fn word(&mut self) -> Parse<Node> {
        let start = self.mark();
        let name = self.name();
        let span = self.span_from(start);
        if name.is_empty() {
            return Err(self.expected("an expression"));
        }
        let lower = name.to_ascii_lowercase();
        if lower == "not" {
            let operand = self.nested(|parser| parser.operators(NOT_LEVEL + 1))?;
            let span = self.span_from(start);
            return self.node(ExprKind::Not(Box::new(operand.expr)), span, operand.depth);
        }
        if matches!(lower.as_str(), "and" | "or" | "xor") {
            return Err(self.error(span, format!("`{name}` stands between two expressions, but one is missing")));
        }
        self.skip_blanks();
        if self.peek() == Some('(') {
            let name = Spanned { value: lower, span };
            let (arguments, depth) = self.parenthesised_list()?;
            let span = self.span_from(start);
            return self.node(ExprKind::Call { name, arguments }, span, depth);
        }
        let kind = match lower.as_str() {
            "true" => ExprKind::Bool(true),
            "false" => ExprKind::Bool(false),
            "null" => ExprKind::Null,
            _ => ExprKind::Field(name),
        };
        self.node(kind, span, 0)
    }

    /// A name without quotes: letters, digits, `_` and `{}`; in a template `<<FIELD>>` too.
    fn name(&mut self) -> String {
        let start = self.mark();
        loop {
            let before = self.mark();
            self.eat_while(is_word);
            if self.mark() != start {
                self.eat("{}");
            }
            if self.template && self.rest().starts_with("<<") {
                self.eat_while(|c| c != '>');
                self.eat(">>");
            }
            if self.mark() == before {
                return self.text_from(start).to_owned();
            }
        }
    }

    /// `(a, …)` or `()`: the expressions and the depth of the deepest.
    fn parenthesised_list(&mut self) -> Parse<(Vec<Expr>, u32)> {
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
        WORDS.into_iter().find(|(name, _, _)| word.eq_ignore_ascii_case(name)).filter(|(name, _, _)| *name != "in" || self.before_list())
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

/// True for words that cannot be a field's name without quotes.
pub(crate) fn is_reserved(name: &str) -> bool {
    ["and", "or", "xor", "not", "in", "like", "true", "false", "null"].iter().any(|word| name.eq_ignore_ascii_case(word))
}
