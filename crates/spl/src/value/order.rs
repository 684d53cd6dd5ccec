//! Which of two values comes first.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::{Value, parse_number};

/// Order of two values in eval's `<`, `=` and the like: as numbers when both are numbers, else as text,
/// letter case and all (manual: "where command", "Lexicographical order"). `None` when one is null.
pub fn eval_order(left: &Value, right: &Value) -> Option<Ordering> {
    if let (Some(left), Some(right)) = (left.as_number(), right.as_number()) {
        return left.partial_cmp(&right);
    }
    let (left, right) = (left.to_text()?, right.to_text()?);
    Some(left.as_bytes().cmp(right.as_bytes()))
}

/// [`eval_order`] of two texts.
pub fn compare_text(left: &str, right: &str) -> Ordering {
    let numbers = parse_number(left).zip(parse_number(right));
    let order = numbers.and_then(|(left, right)| left.partial_cmp(&right));
    order.unwrap_or_else(|| left.as_bytes().cmp(right.as_bytes()))
}

/// Order of `sort`, `min` and `max`: null, then numbers by size, then text (manual: "sort command",
/// "Lexicographical order": numbers come before letters). Unlike [`eval_order`] it is total: `9`, `10`, `9a`.
pub fn sort_order(left: &Value, right: &Value) -> Ordering {
    key(left).cmp(&key(right))
}

/// [`sort_order`] of two texts.
pub fn text_order(left: &str, right: &str) -> Ordering {
    text_key(left).cmp(&text_key(right))
}

/// Numbers compare by size; a text that is a number is one.
enum Key<'a> {
    Null,
    Number(f64),
    Text(Cow<'a, str>),
}

impl Key<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(left), Self::Number(right)) => left.total_cmp(right),
            (Self::Text(left), Self::Text(right)) => left.as_bytes().cmp(right.as_bytes()),
            _ => self.rank().cmp(&other.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Null => 0,
            Self::Number(_) => 1,
            Self::Text(_) => 2,
        }
    }
}

fn key(value: &Value) -> Key<'_> {
    if let Some(number) = value.as_number() {
        // `-0` and `0` are the same number.
        return Key::Number(number + 0.0);
    }
    match value {
        // Several values sort by the first.
        Value::Multi(values) => values.first().map_or(Key::Null, key),
        _ => value.to_text().map_or(Key::Null, Key::Text),
    }
}

fn text_key(text: &str) -> Key<'_> {
    parse_number(text).map_or(Key::Text(Cow::Borrowed(text)), |number| Key::Number(number + 0.0))
}
