//! The eval expressions of packs: compiled once, evaluated on every event without copying text where none is made.
//!
//! Semantics are those of SPL's `eval` ("Evaluation functions" in the search manual), in the part that add-ons use.
//! A comparison with null is null, and null is not true (also under NOT).

mod auditd;
mod compile;
mod eval;
mod functions;
mod idioms;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use spl::ast::BinaryOp;

use crate::pack::{NameId, ValueTable};
use crate::pattern::Pattern;

pub(crate) use compile::{compile, is_condition};
pub(crate) use eval::{Event, Val, eval, is_true, number_text, parse_number};
pub(crate) use functions::Function;

/// A compiled expression.
#[derive(Debug, Clone)]
pub(crate) enum Op {
    /// No value.
    Null,
    /// `true()`, `false()`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// Text.
    Text(Box<str>),
    /// A field.
    Field(NameId),
    /// Not.
    Not(Box<Op>),
    /// All.
    And(Vec<Op>),
    /// Any.
    Or(Vec<Op>),
    /// A comparison.
    Compare(BinaryOp, Box<[Op; 2]>),
    /// `+ - * / %`
    Arithmetic(BinaryOp, Box<[Op; 2]>),
    /// `a . b . c`
    Concat(Vec<Op>),
    /// `IN`
    In(Box<Op>, Vec<Op>),
    /// `if(condition, then, else)`, `case(…)`.
    Case(Vec<(Op, Op)>, Box<Op>),
    /// `coalesce(…)`
    Coalesce(Vec<Op>),
    /// `mvappend(…)`
    Append(Vec<Op>),
    /// `isnull(x)`
    IsNull(Box<Op>),
    /// `match(x, regex)`
    Match(Box<Op>, Arc<Pattern>),
    /// `replace(x, regex, replacement)`, the replacement in the form of crate `regex`.
    Replace(Box<Op>, Arc<Pattern>, Box<str>),
    /// `lookup(table, x)`, a table of the pack.
    Lookup(Box<Op>, Arc<ValueTable>),
    /// `mvfind(x, regex)`
    Find(Box<Op>, Arc<Pattern>),
    /// Any other function.
    Call(&'static Function, Vec<Op>),
    /// A field compared with constant texts.
    IsOneOf(Box<Op>, Case, Vec<Box<str>>),
    /// `mvindex(split(x, separator), index)`
    SplitPart(Box<Op>, Separator, i64),
    /// `replace(x, "^.*SEPARATOR", "")`: the text after the last separator of the first line.
    AfterLast(Box<Op>, Separator),
    /// `replace(x, "SEPARATOR[^SEPARATOR]*$", "")`: the text before the last separator.
    BeforeLast(Box<Op>, char),
    /// `replace(x, "^.*?EXPRESSION.*$", "\1")`: what the first group of an expression finds.
    Capture(Box<Op>, Box<Capture>),
}

impl Op {
    /// Add the names that it reads.
    pub(crate) fn names(&self, into: &mut Vec<NameId>) {
        match self {
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => {}
            Self::Field(name) => into.push(*name),
            Self::Not(inner)
            | Self::IsNull(inner)
            | Self::Match(inner, _)
            | Self::Replace(inner, ..)
            | Self::Lookup(inner, _)
            | Self::Find(inner, _)
            | Self::IsOneOf(inner, ..)
            | Self::SplitPart(inner, ..)
            | Self::AfterLast(inner, _)
            | Self::BeforeLast(inner, _)
            | Self::Capture(inner, _) => inner.names(into),
            Self::And(parts)
            | Self::Or(parts)
            | Self::Concat(parts)
            | Self::Coalesce(parts)
            | Self::Append(parts)
            | Self::Call(_, parts) => {
                parts.iter().for_each(|part| part.names(into));
            }
            Self::Compare(_, sides) | Self::Arithmetic(_, sides) => sides.iter().for_each(|side| side.names(into)),
            Self::In(value, list) => {
                value.names(into);
                list.iter().for_each(|one| one.names(into));
            }
            Self::Case(branches, otherwise) => {
                otherwise.names(into);
                for (condition, value) in branches {
                    condition.names(into);
                    value.names(into);
                }
            }
        }
    }
}

/// An expression of which the first group is taken.
#[derive(Debug, Clone)]
pub(crate) struct Capture {
    /// The whole regular expression.
    whole: Arc<Pattern>,
    /// What is looked for in it.
    part: Pattern,
    /// Where it is not found: nothing, or else the text as it is.
    otherwise: Otherwise,
}

/// What becomes of text in which nothing is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Otherwise {
    /// It stays. A text of several lines takes the long way.
    Kept,
    /// It is empty.
    Empty,
}

/// Text between parts; one character is found faster.
#[derive(Debug, Clone)]
pub(crate) enum Separator {
    /// One character.
    Char(char),
    /// More.
    Text(Box<str>),
}

impl Separator {
    fn new(text: &str) -> Self {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(only), None) => Self::Char(only),
            _ => Self::Text(text.into()),
        }
    }
}

/// How text is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// As it is.
    Exact,
    /// `lower(x)` with ASCII text.
    Ignored,
}
