//! Eval expressions.

use text::Span;

use super::Spanned;

/// An eval expression. Precedence as in eval: NOT, then AND, then OR. Chains of AND or OR are balanced trees: see [`Expr::chain`].
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its place.
    pub span: Span,
}

/// What an eval expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A field, bare or in single quotes.
    Field(String),
    /// Text in double quotes: `\"` and `\\` undone, other backslash pairs kept.
    Text(String),
    /// A number, as written.
    Number(String),
    /// `true`, `false` written bare.
    Bool(bool),
    /// `null` written bare.
    Null,
    /// `f(a, …)`; the name in lower case.
    Call {
        /// The function.
        name: Spanned<String>,
        /// Its arguments.
        arguments: Vec<Expr>,
    },
    /// `-a`
    Negate(Box<Expr>),
    /// `NOT a`
    Not(Box<Expr>),
    /// `a OP b`
    Binary {
        /// The operator.
        op: BinaryOp,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// `a IN (b, …)`
    In {
        /// What is looked for.
        value: Box<Expr>,
        /// Among these.
        list: Vec<Expr>,
    },
    /// `a LIKE b`
    Like {
        /// The text.
        value: Box<Expr>,
        /// The SQL pattern.
        pattern: Box<Expr>,
    },
}

/// A binary operator of eval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `OR`
    Or,
    /// `XOR`
    Xor,
    /// `AND`
    And,
    /// `=` or `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `+` (numbers add, text joins)
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
    /// `.`
    Concat,
}
