//! A search's condition as a formula over atoms.

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

impl Formula {
    /// The formula of a predicate, or of its negation. What cannot be said with atoms is every row, in either.
    pub(crate) fn new(predicate: &Predicate, negated: bool, number: &mut dyn FnMut(Atom) -> AtomId) -> Self {
        match predicate {
            Predicate::True if negated => Self::None,
            Predicate::False if negated => Self::All,
            Predicate::True => Self::All,
            Predicate::False => Self::None,
            Predicate::Not(inner) => Self::new(inner, !negated, number),
            Predicate::And(terms) if negated => any(terms, negated, number),
            Predicate::Or(terms) if negated => all(terms, negated, number),
            Predicate::And(terms) => all(terms, negated, number),
            Predicate::Or(terms) => any(terms, negated, number),
            Predicate::Compare { field, op, value } => leaf(field, *op, value, negated, number),
            Predicate::In { field, values } => {
                let each = values.iter().map(|value| leaf(field, CompareOp::Equal, value, negated, number));
                let each = each.collect();
                if negated { conjunction(each) } else { disjunction(each) }
            }
            Predicate::Keyword(pattern) | Predicate::Term(pattern) | Predicate::Case(pattern) if !negated => {
                keyword(pattern, number)
            }
            Predicate::Keyword(_) | Predicate::Term(_) | Predicate::Case(_) | Predicate::Subsearch(_) => Self::All,
        }
    }
}

fn all(terms: &[Predicate], negated: bool, number: &mut dyn FnMut(Atom) -> AtomId) -> Formula {
    conjunction(terms.iter().map(|term| Formula::new(term, negated, number)).collect())
}

fn any(terms: &[Predicate], negated: bool, number: &mut dyn FnMut(Atom) -> AtomId) -> Formula {
    disjunction(terms.iter().map(|term| Formula::new(term, negated, number)).collect())
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

fn leaf(field: &str, op: CompareOp, value: &Pattern, negated: bool, number: &mut dyn FnMut(Atom) -> AtomId) -> Formula {
    let id = number(Atom { field: field.to_owned(), op, parts: value.parts.clone() });
    if negated { Formula::NotAtom(id) } else { Formula::Atom(id) }
}

/// Wherever a word stands in `_raw`, its longest part does.
fn keyword(pattern: &Pattern, number: &mut dyn FnMut(Atom) -> AtomId) -> Formula {
    match pattern.parts.iter().max_by_key(|part| part.len()) {
        Some(longest) if !longest.is_empty() => {
            let parts = vec![String::new(), longest.clone(), String::new()];
            Formula::Atom(number(Atom { field: "_raw".to_owned(), op: CompareOp::Equal, parts }))
        }
        _ => Formula::All,
    }
}
