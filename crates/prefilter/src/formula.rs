//! A search's condition as a formula over atoms.

use std::collections::BTreeSet;

use plan::Predicate;
use spl::ast::{CompareOp, Pattern};
use text::Span;

use crate::atoms::AtomId;

/// An atom before it is numbered: a comparison of one field's values.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Atom {
    pub(crate) field: String,
    pub(crate) op: CompareOp,
    /// The parts between wildcards.
    pub(crate) parts: Vec<String>,
}

impl Atom {
    /// How much text a value must have to match.
    fn length(&self) -> usize {
        if self.op == CompareOp::Equal { self.parts.iter().map(String::len).sum() } else { 0 }
    }

    /// As a search would say it.
    pub(crate) fn said(&self) -> String {
        let op = match self.op {
            CompareOp::Equal => "=",
            CompareOp::NotEqual => "!=",
            CompareOp::Less => "<",
            CompareOp::LessOrEqual => "<=",
            CompareOp::Greater => ">",
            CompareOp::GreaterOrEqual => ">=",
        };
        format!("{}{op}\"{}\"", self.field, self.parts.join("*"))
    }

    /// The value as the search wrote it.
    pub(crate) fn pattern(&self) -> Pattern {
        Pattern { parts: self.parts.clone(), quoted: true, span: Span::default() }
    }
}

/// A condition in which nothing but atoms is negated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Formula {
    /// Every row.
    All,
    /// No row.
    None,
    /// Rows of which some value of the field satisfies the atom.
    Atom(AtomId),
    /// All other rows.
    NotAtom(AtomId),
    /// Rows of all.
    And(Vec<Formula>),
    /// Rows of any.
    Or(Vec<Formula>),
}

/// What is needed to read a condition.
pub(crate) struct Reading<'r> {
    /// Text that holds one of these is not known yet: what it is compared with may be any row.
    pub(crate) unknown: &'r BTreeSet<String>,
    /// Numbers an atom.
    pub(crate) number: &'r mut dyn FnMut(Atom) -> AtomId,
}

impl Formula {
    /// The formula of a predicate, or of its negation. What cannot be said with atoms is every row, in either.
    pub(crate) fn new(predicate: &Predicate, negated: bool, reading: &mut Reading<'_>) -> Self {
        if reading.is_unknown(predicate) {
            return Self::All;
        }
        match predicate {
            Predicate::True if negated => Self::None,
            Predicate::False if negated => Self::All,
            Predicate::True => Self::All,
            Predicate::False => Self::None,
            Predicate::Not(inner) => Self::new(inner, !negated, reading),
            Predicate::And(terms) if negated => any(terms, negated, reading),
            Predicate::Or(terms) if negated => all(terms, negated, reading),
            Predicate::And(terms) => all(terms, negated, reading),
            Predicate::Or(terms) => any(terms, negated, reading),
            Predicate::Compare { field, op, value } => leaf(field, *op, value, negated, reading),
            Predicate::In { field, values } => {
                let each = values.iter().map(|value| leaf(field, CompareOp::Equal, value, negated, reading));
                let each = each.collect();
                if negated { conjunction(each) } else { disjunction(each) }
            }
            Predicate::Keyword(pattern) | Predicate::Term(pattern) | Predicate::Case(pattern) if !negated => {
                keyword(pattern, reading)
            }
            Predicate::Keyword(_) | Predicate::Term(_) | Predicate::Case(_) | Predicate::Subsearch(_) => Self::All,
        }
    }
}

impl Formula {
    /// Atoms of which one must have a row, or be open, for the formula to have one; `None` where it may have rows without.
    pub(crate) fn needs_one_of(&self, atoms: &[Atom]) -> Option<Vec<AtomId>> {
        match self {
            Self::All | Self::NotAtom(_) => None,
            Self::None => Some(Vec::new()),
            Self::Atom(atom) => Some(vec![*atom]),
            // Any of its parts would do: the one with the longest texts is met the least often.
            Self::And(parts) => {
                let parts = parts.iter().filter_map(|part| part.needs_one_of(atoms));
                parts.max_by_key(|part| {
                    let shortest = part.iter().filter_map(|atom| atoms.get(*atom as usize)).map(Atom::length).min();
                    (shortest, std::cmp::Reverse(part.len()))
                })
            }
            Self::Or(parts) => {
                let parts: Option<Vec<Vec<AtomId>>> = parts.iter().map(|part| part.needs_one_of(atoms)).collect();
                Some(parts?.concat())
            }
        }
    }

    /// Is it about one of these atoms?
    pub(crate) fn has_one_of(&self, atoms: &BTreeSet<AtomId>) -> bool {
        match self {
            Self::All | Self::None => false,
            Self::Atom(atom) | Self::NotAtom(atom) => atoms.contains(atom),
            Self::And(parts) | Self::Or(parts) => parts.iter().any(|part| part.has_one_of(atoms)),
        }
    }

    /// Rows of either.
    pub(crate) fn or(self, other: Self) -> Self {
        disjunction(vec![self, other])
    }
}

impl Reading<'_> {
    /// Does it hold text that is not known yet? What its terms hold is looked at when their turn comes.
    fn is_unknown(&self, predicate: &Predicate) -> bool {
        let text = |text: &str| self.unknown.iter().any(|unknown| text.contains(unknown.as_str()));
        let value = |value: &Pattern| value.parts.iter().any(|part| text(part));
        match predicate {
            Predicate::Compare { field, value: compared, .. } => text(field) || value(compared),
            Predicate::In { field, values } => text(field) || values.iter().any(value),
            Predicate::Keyword(pattern) | Predicate::Term(pattern) | Predicate::Case(pattern) => value(pattern),
            _ => false,
        }
    }
}

fn all(terms: &[Predicate], negated: bool, reading: &mut Reading<'_>) -> Formula {
    conjunction(terms.iter().map(|term| Formula::new(term, negated, reading)).collect())
}

fn any(terms: &[Predicate], negated: bool, reading: &mut Reading<'_>) -> Formula {
    disjunction(terms.iter().map(|term| Formula::new(term, negated, reading)).collect())
}

fn conjunction(parts: Vec<Formula>) -> Formula {
    if parts.contains(&Formula::None) {
        return Formula::None;
    }
    let mut kept: Vec<Formula> = parts.into_iter().filter(|part| *part != Formula::All).collect();
    match kept.len() {
        0 => Formula::All,
        1 => kept.swap_remove(0),
        _ => Formula::And(kept),
    }
}

fn disjunction(parts: Vec<Formula>) -> Formula {
    if parts.contains(&Formula::All) {
        return Formula::All;
    }
    let mut kept: Vec<Formula> = parts.into_iter().filter(|part| *part != Formula::None).collect();
    match kept.len() {
        0 => Formula::None,
        1 => kept.swap_remove(0),
        _ => Formula::Or(kept),
    }
}

fn leaf(field: &str, op: CompareOp, value: &Pattern, negated: bool, reading: &mut Reading<'_>) -> Formula {
    let id = (reading.number)(Atom { field: field.to_owned(), op, parts: value.parts.clone() });
    if negated { Formula::NotAtom(id) } else { Formula::Atom(id) }
}

/// Wherever a word stands in `_raw`, its longest part does.
fn keyword(pattern: &Pattern, reading: &mut Reading<'_>) -> Formula {
    match pattern.parts.iter().max_by_key(|part| part.len()) {
        Some(longest) if !longest.is_empty() => {
            let parts = vec![String::new(), longest.clone(), String::new()];
            Formula::Atom((reading.number)(Atom { field: "_raw".to_owned(), op: CompareOp::Equal, parts }))
        }
        _ => Formula::All,
    }
}
