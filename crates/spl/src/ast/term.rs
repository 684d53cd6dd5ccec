//! Search terms.

use text::Span;

use super::{Field, Spanned, Subsearch};

/// A search term. `search` evaluates NOT, then OR, then AND (manual: "search command", "Boolean expressions").
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    /// All must hold (written or implied AND). At least two.
    And(Vec<Term>),
    /// One must hold. At least two.
    Or(Vec<Term>),
    /// `NOT term`
    Not(Box<Term>, Span),
    /// `field OP value`
    Compare {
        /// The field.
        field: Field,
        /// The comparison.
        op: CompareOp,
        /// The value, with `*` as wildcards.
        value: Pattern,
    },
    /// `field IN (v, …)`
    In {
        /// The field.
        field: Field,
        /// The values.
        values: Vec<Pattern>,
        /// The whole term.
        span: Span,
    },
    /// A bare word or phrase, looked for in `_raw`.
    Keyword(Pattern),
    /// `TERM(x)` or `CASE(x)`.
    Directive {
        /// `TERM` or `CASE`.
        name: Spanned<String>,
        /// The text inside.
        value: Pattern,
    },
    /// `[ … ]` as a filter.
    Subsearch(Subsearch),
}

/// A comparison of search terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompareOp {
    /// `=`
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
}

/// The value of a search term: text in which `*` is any text. `\\` and `\"` are already undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The parts between wildcards: `["a", "b"]` is `a*b`, `["", "b", ""]` is `*b*`. One part is exact text.
    pub parts: Vec<String>,
    /// True when written in double quotes.
    pub quoted: bool,
    /// Its place.
    pub span: Span,
}
