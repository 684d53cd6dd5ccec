//! Finds the patterns of a column that a text may match, without trying each.
//!
//! A pattern without `*` is found by its text, any other by its longest literal: a text is read once however many patterns there
//! are ([`Grams`]).

use std::collections::HashMap;

use text::Grams;

/// The patterns of one column, by row.
#[derive(Debug, Default)]
pub(super) struct Fragments {
    exact: HashMap<Box<str>, Vec<usize>>,
    literals: Option<Grams>,
    /// The rows of each literal.
    rows: Vec<Vec<usize>>,
    /// Patterns without a literal: nothing but stars.
    bare: Vec<usize>,
}

impl Fragments {
    pub(super) fn build<'a>(patterns: impl Iterator<Item = (usize, std::borrow::Cow<'a, str>)>) -> Self {
        let mut fragments = Self::default();
        let mut places: HashMap<Box<str>, usize> = HashMap::new();
        let mut literals: Vec<String> = Vec::new();
        for (row, pattern) in patterns {
            if !pattern.contains('*') {
                fragments.exact.entry(pattern.as_ref().into()).or_default().push(row);
                continue;
            }
            let literal = longest_literal(&pattern);
            if literal.is_empty() {
                fragments.bare.push(row);
                continue;
            }
            let place = *places.entry(literal.into()).or_insert_with(|| {
                literals.push(literal.into());
                fragments.rows.push(Vec::new());
                literals.len() - 1
            });
            fragments.rows.get_mut(place).into_iter().for_each(|rows| rows.push(row));
        }
        if !literals.is_empty() {
            // What many literals have in common is common in texts.
            fragments.literals = Some(Grams::new(&literals, literals.concat().as_bytes()));
        }
        fragments
    }

    /// Rows whose pattern may match: a superset, in no order, some perhaps twice.
    pub(super) fn candidates(&self, text: &str, found: &mut Vec<usize>) {
        found.extend(self.exact.get(text).into_iter().flatten());
        found.extend(&self.bare);
        if let Some(literals) = &self.literals {
            literals.find(text.as_bytes(), &mut |literal| found.extend(self.rows.get(literal).into_iter().flatten()));
        }
    }
}

fn longest_literal(pattern: &str) -> &str {
    // The first of the longest.
    pattern.split('*').rev().max_by_key(|part| part.len()).unwrap_or("")
}

/// Does the whole text match a pattern in which `*` is any text? Both are already folded where case does not count.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    // The leftmost place of each part leaves most room for the next.
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some((_, after)) = rest.split_once(part).or(part.is_empty().then_some(("", rest))) else { return false };
        rest = after;
    }
    true
}
