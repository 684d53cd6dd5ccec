//! Search terms on single values: text with wildcards, numbers, address ranges.
//!
//! From the manual's page "search command": `=` and `!=` match text in any letter case with `*`; `<` and its
//! kin compare numbers as numbers and text in lexicographical order; a value in CIDR notation matches the
//! addresses in it, IPv4 and IPv6.

mod network;

#[cfg(test)]
mod tests;

use std::cmp::Ordering;

pub use network::Network;

use crate::ast::{CompareOp, Pattern};
use crate::pattern::Matcher;
use crate::value::{compare_text, parse_number};

/// `OP value` of a search term, made ready for many values.
#[derive(Debug, Clone)]
pub struct Comparison {
    op: CompareOp,
    value: Equal,
    /// The value as text, for `<` and its kin.
    text: String,
}

impl Comparison {
    /// Compile the right-hand side of a term.
    pub fn new(op: CompareOp, value: &Pattern) -> Self {
        Self { op, value: Equal::new(value), text: value.parts.join("*") }
    }

    /// Does one value of the field satisfy it? A field without a value satisfies none, `!=` included.
    pub fn matches(&self, text: &str) -> bool {
        let order = |holds: fn(Ordering) -> bool| holds(compare_text(text, &self.text));
        match self.op {
            CompareOp::Equal => self.value.matches(text),
            CompareOp::NotEqual => !self.value.matches(text),
            CompareOp::Less => order(Ordering::is_lt),
            CompareOp::LessOrEqual => order(Ordering::is_le),
            CompareOp::Greater => order(Ordering::is_gt),
            CompareOp::GreaterOrEqual => order(Ordering::is_ge),
        }
    }
}

/// `= value` of a search term.
#[derive(Debug, Clone)]
pub struct Equal {
    matcher: Matcher,
    other: Other,
}

/// What else than the same text is equal.
#[derive(Debug, Clone)]
enum Other {
    Nothing,
    /// The same number, written otherwise (`1` and `1.0`).
    Number(f64),
    /// An address in the range.
    Network(Network),
}

impl Equal {
    /// Compile a value.
    pub fn new(value: &Pattern) -> Self {
        let other = match value.parts.as_slice() {
            [text] => Other::of(text),
            _ => Other::Nothing,
        };
        Self { matcher: Matcher::new(value), other }
    }

    /// Is one value of the field equal to it?
    pub fn matches(&self, text: &str) -> bool {
        self.matcher.matches(text)
            || match &self.other {
                Other::Nothing => false,
                Other::Number(number) => exact_number(text) == Some(*number),
                Other::Network(network) => network.contains_text(text),
            }
    }

    /// The matcher of the text alone, when nothing but the text decides: no number, no address range.
    pub fn text_only(&self) -> Option<&Matcher> {
        matches!(self.other, Other::Nothing).then_some(&self.matcher)
    }
}

impl Other {
    fn of(text: &str) -> Self {
        if let Some(number) = exact_number(text) {
            return Self::Number(number);
        }
        Network::parse(text).map_or(Self::Nothing, Self::Network)
    }
}

/// A number that a double holds exactly enough for equality: two long ids must not become equal by rounding.
fn exact_number(text: &str) -> Option<f64> {
    const LARGEST: f64 = 9_007_199_254_740_992.0;
    parse_number(text).filter(|number| number.abs() < LARGEST)
}
