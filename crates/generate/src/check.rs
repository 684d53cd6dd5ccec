//! Conditions on one value, and whether a text satisfies them.

use std::sync::Arc;

use fancy_regex::Regex;
use spl::ast::{CompareOp, Pattern};
use spl::compare::{Comparison, Equal, Network};
use spl::value::{Value, parse_number};

use crate::shape::Shape;

/// A condition on a value. Null satisfies none, whether it holds or not.
#[derive(Debug, Clone)]
pub(crate) struct Check {
    pub(crate) kind: Arc<Kind>,
    /// False where the value must not be so.
    pub(crate) holds: bool,
    /// It is the one that a near miss breaks: the value should be close to what it was.
    pub(crate) near: bool,
}

/// What is asked of a value.
#[derive(Debug)]
pub(crate) enum Kind {
    /// `OP value` of search terms.
    Search(CompareOp, Pattern, Comparison),
    /// `IN (…)` of search terms.
    Among(Vec<Pattern>, Vec<Equal>),
    /// A word of `_raw`.
    Keyword(Pattern, Arc<Regex>),
    /// A regular expression matches somewhere.
    Regex(String, Arc<Regex>),
    /// `like`.
    Like(String, Arc<Regex>),
    /// The same text, or the same number.
    Is(Value),
    /// A number that compares so with this one.
    Order(CompareOp, f64),
    /// An address in a range.
    Network(String, Network),
    /// A text of so many characters.
    Length(CompareOp, f64),
    /// Of the pieces between delimiters the one at a place.
    Piece {
        delimiter: String,
        /// From the end where negative.
        at: i64,
        check: Check,
    },
    /// So many pieces between delimiters.
    Pieces(String, CompareOp, f64),
    /// Characters from a place on, counted from 1 or, negative, from the end.
    Slice { start: i64, length: Option<usize>, check: Check },
    /// A text that a regular expression takes apart so.
    Taken {
        shape: Shape,
        regex: Arc<Regex>,
        /// Groups and what they hold.
        groups: Vec<(String, String)>,
    },
    /// One of these texts, their gaps filled with anything.
    Built(Vec<Shape>),
}

impl Check {
    pub(crate) fn new(kind: Kind, holds: bool) -> Self {
        Self { kind: Arc::new(kind), holds, near: false }
    }

    pub(crate) fn is(value: Value) -> Self {
        Self::new(Kind::Is(value), true)
    }

    pub(crate) fn search(op: CompareOp, pattern: &Pattern) -> Self {
        Self::new(Kind::Search(op, pattern.clone(), Comparison::new(op, pattern)), true)
    }

    pub(crate) fn among(patterns: &[Pattern]) -> Self {
        Self::new(Kind::Among(patterns.to_vec(), patterns.iter().map(Equal::new).collect()), true)
    }

    /// A regular expression, compiled.
    pub(crate) fn regex(pattern: &str, regex: Arc<Regex>) -> Self {
        Self::new(Kind::Regex(pattern.to_owned(), regex), true)
    }

    /// `like`, with what [`like_expression`] makes of the pattern, compiled.
    pub(crate) fn like(pattern: &str, regex: Arc<Regex>) -> Self {
        Self::new(Kind::Like(pattern.to_owned(), regex), true)
    }

    /// A word of `_raw`, with what [`keyword_expression`] makes of the pattern, compiled.
    pub(crate) fn keyword(pattern: &Pattern, regex: Arc<Regex>) -> Self {
        Self::new(Kind::Keyword(pattern.clone(), regex), true)
    }

    /// The opposite.
    pub(crate) fn negated(&self) -> Self {
        Self { kind: Arc::clone(&self.kind), holds: !self.holds, near: self.near }
    }

    pub(crate) fn with_near(mut self, near: bool) -> Self {
        self.near = near;
        self
    }

    /// Does a text satisfy it?
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.kind.matches(text) == Some(self.holds)
    }

    /// Does a value satisfy it? In search terms one of several values is enough.
    pub(crate) fn matches_value(&self, value: &Value) -> bool {
        match value {
            Value::Null => false,
            Value::Multi(values) => {
                let any = |check: &Self| values.iter().any(|value| check.matches_value(value));
                if self.holds || !self.of_search() { any(self) } else { !any(&self.negated()) }
            }
            value => value.to_text().is_some_and(|text| self.matches(&text)),
        }
    }

    /// Is it a condition of search terms, which any value of several satisfies?
    pub(crate) fn of_search(&self) -> bool {
        matches!(*self.kind, Kind::Search(..) | Kind::Among(..) | Kind::Keyword(..))
    }

    /// Is it about a number?
    pub(crate) fn is_numeric(&self) -> bool {
        match &*self.kind {
            Kind::Order(..) => true,
            Kind::Is(value) => matches!(value, Value::Number(_)),
            Kind::Search(op, pattern, _) => {
                !matches!(op, CompareOp::Equal | CompareOp::NotEqual)
                    && parse_number(&pattern.parts.join("*")).is_some()
            }
            _ => false,
        }
    }
}

/// The expression of a pattern of `like`: `%` is any text, `_` one character.
pub(crate) fn like_expression(pattern: &str) -> String {
    let mut expression = String::from("(?s)^");
    for character in pattern.chars() {
        match character {
            '%' => expression.push_str(".*"),
            '_' => expression.push('.'),
            other => expression.push_str(&regex::escape(other.encode_utf8(&mut [0; 4]))),
        }
    }
    expression.push('$');
    expression
}

/// The expression of a word of `_raw`.
pub(crate) fn keyword_expression(pattern: &Pattern) -> String {
    let parts: Vec<String> = pattern.parts.iter().map(|part| regex::escape(part)).collect();
    let open = |part: Option<&String>| part.is_none_or(String::is_empty);
    let start = if open(pattern.parts.first()) { "" } else { "(?:^|[^\\pL\\pN])" };
    let end = if open(pattern.parts.last()) { "" } else { "(?:$|[^\\pL\\pN])" };
    format!("(?i){start}{}{end}", parts.join("\\S*"))
}

impl Kind {
    /// `None` where it cannot be said of such a value: an order of what is no number.
    fn matches(&self, text: &str) -> Option<bool> {
        Some(match self {
            Self::Search(_, _, comparison) => comparison.matches(text),
            Self::Among(_, values) => values.iter().any(|value| value.matches(text)),
            // A backtracking expression that gives up matches nothing.
            Self::Keyword(_, regex) | Self::Regex(_, regex) | Self::Like(_, regex) => {
                regex.is_match(text).unwrap_or(false)
            }
            Self::Is(Value::Number(number)) => parse_number(text) == Some(*number),
            Self::Is(value) => value.to_text().is_some_and(|value| value == text),
            Self::Order(op, number) => order(*op, parse_number(text)?, *number),
            Self::Network(_, network) => network.contains_text(text),
            Self::Length(op, number) => order(*op, count(text.chars().count()), *number),
            Self::Piece { delimiter, at, check } => {
                let pieces: Vec<&str> = text.split(delimiter.as_str()).collect();
                let at = if *at < 0 { at + i64::try_from(pieces.len()).ok()? } else { *at };
                check.matches(pieces.get(usize::try_from(at).ok()?)?)
            }
            Self::Pieces(delimiter, op, number) => order(*op, count(text.split(delimiter.as_str()).count()), *number),
            Self::Slice { start, length, check } => check.matches(&slice(text, *start, *length)),
            Self::Taken { regex, groups, .. } => regex.captures_iter(text).any(|captures| {
                // An expression that gives up matches nothing.
                let Ok(captures) = captures else { return false };
                groups.iter().all(|(name, held)| captures.name(name).is_some_and(|group| group.as_str() == held))
            }),
            Self::Built(shapes) => shapes.iter().any(|shape| shape.matches(text)),
        })
    }
}

/// `substr(text, start, length)`.
pub(crate) fn slice(text: &str, start: i64, length: Option<usize>) -> String {
    let characters: Vec<char> = text.chars().collect();
    let whole = i64::try_from(characters.len()).unwrap_or(i64::MAX);
    let from = if start < 0 { whole + start } else { start - 1 };
    let from = usize::try_from(from.max(0)).unwrap_or(0);
    characters.into_iter().skip(from).take(length.unwrap_or(usize::MAX)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "lengths of texts are small")]
fn count(number: usize) -> f64 {
    number as f64
}

/// `left OP right`.
pub(crate) fn order(op: CompareOp, left: f64, right: f64) -> bool {
    match op {
        CompareOp::Equal => left == right,
        CompareOp::NotEqual => left != right,
        CompareOp::Less => left < right,
        CompareOp::LessOrEqual => left <= right,
        CompareOp::Greater => left > right,
        CompareOp::GreaterOrEqual => left >= right,
    }
}
