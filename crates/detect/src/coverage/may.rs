//! May a condition hold for events of a source, as far as sourcetype, source, index and event type say?

use std::collections::BTreeSet;

use plan::Predicate;
use spl::ast::{CompareOp, Pattern};

use super::Origin;

/// What is known of a field of a source's events.
pub(super) enum Known<'o> {
    /// It has one of these values, in which `*` is any text.
    Any(&'o [String]),
    /// It may have these values and no others.
    Some(&'o BTreeSet<String>),
    /// The index: `main` where events say none.
    Index(Option<&'o str>),
    /// Nothing.
    Nothing,
}

/// May it hold?
pub(super) fn may_hold(predicate: &Predicate, origin: &Origin) -> bool {
    may(predicate, false, origin)
}

fn may(predicate: &Predicate, negated: bool, origin: &Origin) -> bool {
    match (predicate, negated) {
        (Predicate::True, negated) => !negated,
        (Predicate::False, negated) => negated,
        (Predicate::Not(inner), negated) => may(inner, !negated, origin),
        (Predicate::And(terms), false) | (Predicate::Or(terms), true) => {
            terms.iter().all(|term| may(term, negated, origin))
        }
        (Predicate::And(terms), true) | (Predicate::Or(terms), false) => {
            terms.iter().any(|term| may(term, negated, origin))
        }
        (Predicate::Compare { field, op: CompareOp::Equal, value }, false) => may_equal(field, value, origin),
        (Predicate::In { field, values }, false) => values.iter().any(|value| may_equal(field, value, origin)),
        // A field of many values differs from any one of them in some event.
        _ => true,
    }
}

fn may_equal(field: &str, value: &Pattern, origin: &Origin) -> bool {
    let wanted = value.parts.join("*");
    match origin.known(field) {
        Known::Any(values) => values.iter().any(|known| overlap(known, &wanted)),
        Known::Some(values) => values.iter().any(|known| overlap(known, &wanted)),
        Known::Index(Some(index)) => overlap(index, &wanted),
        // Which index a log is put into is its owner's choice, unless a pack knows better.
        Known::Index(None) => overlap("main", &wanted),
        Known::Nothing => true,
    }
}

/// Is there a text that both patterns match? Case is ignored.
fn overlap(one: &str, other: &str) -> bool {
    let one: Vec<char> = one.to_lowercase().chars().collect();
    let other: Vec<char> = other.to_lowercase().chars().collect();
    // By row: which beginnings of `other` fit the beginning of `one` so far.
    let mut fits = vec![false; other.len() + 1];
    for (at, fit) in fits.iter_mut().enumerate() {
        *fit = other.iter().take(at).all(|character| *character == '*');
    }
    for character in &one {
        let mut next = vec![false; other.len() + 1];
        let get = |fits: &[bool], at: usize| fits.get(at).copied().unwrap_or(false);
        for at in 0..=other.len() {
            let last = at.checked_sub(1).and_then(|before| other.get(before));
            let fit = match (character, last) {
                ('*', _) => get(&fits, at) || (at > 0 && get(&next, at - 1)),
                (_, Some('*')) => get(&fits, at) || get(&next, at - 1),
                (character, Some(last)) => character == last && get(&fits, at - 1),
                (_, None) => false,
            };
            if let Some(slot) = next.get_mut(at) {
                *slot = fit;
            }
        }
        fits = next;
    }
    fits.last() == Some(&true)
}

/// What a condition asks of the events' source, for people.
pub(super) fn asked(predicate: &Predicate) -> String {
    let mut terms = Vec::new();
    collect(predicate, &mut terms);
    if terms.is_empty() { "events".to_owned() } else { terms.join(" OR ") }
}

fn collect(predicate: &Predicate, terms: &mut Vec<String>) {
    let mut add = |field: &str, value: &Pattern| {
        if ["sourcetype", "source", "index", "eventtype"].contains(&field) {
            terms.push(format!("{field}=\"{}\"", value.parts.join("*")));
        }
    };
    match predicate {
        Predicate::And(inner) | Predicate::Or(inner) => inner.iter().for_each(|term| collect(term, terms)),
        Predicate::Compare { field, op: CompareOp::Equal, value } => add(field, value),
        Predicate::In { field, values } => values.iter().for_each(|value| add(field, value)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::overlap;

    #[test]
    fn patterns_that_share_a_text() {
        let check = |one: &str, other: &str, expected: bool| {
            assert_eq!(overlap(one, other), expected, "{one} {other}");
            assert_eq!(overlap(other, one), expected, "{other} {one}");
        };
        check("XmlWinEventLog:*", "xmlwineventlog:Security", true);
        check("XmlWinEventLog:*", "WinEventLog:Security", false);
        check("a*c", "*b*", true);
        check("a*c", "ab", false);
        check("*", "", true);
        check("", "", true);
        check("a", "", false);
        check("*a", "*b", false);
        check("zeek:*:json", "zeek:x509:json", true);
    }
}
