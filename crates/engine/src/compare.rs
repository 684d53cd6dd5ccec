//! How values compare in eval and where. Source: "where command" (Usage) and "eval command": as numbers when both
//! are, else as text, letter case and all. Our reading: of several values, one that satisfies is enough.

use std::cmp::Ordering;

use crate::column::Item;

/// Does the comparison hold? Null when one side is null.
pub(crate) fn holds(left: &Item<'_>, right: &Item<'_>, test: fn(Ordering) -> bool) -> Option<bool> {
    match (left, right) {
        (Item::Null, _) | (_, Item::Null) => None,
        (Item::Multi(values), other) => {
            Some(values.iter().any(|value| holds(&Item::Text((*value).into()), other, test) == Some(true)))
        }
        (other, Item::Multi(values)) => {
            Some(values.iter().any(|value| holds(other, &Item::Text((*value).into()), test) == Some(true)))
        }
        (Item::Text(left), Item::Text(right)) => Some(test(spl::value::compare_text(left, right))),
        (left, right) => match (left.number(), right.number()) {
            (Some(left), Some(right)) => Some(test(left.partial_cmp(&right)?)),
            _ => Some(test(left.clone().text()?.as_bytes().cmp(right.clone().text()?.as_bytes()))),
        },
    }
}

/// Are both equal? Null when one side is null.
pub(crate) fn equal(left: &Item<'_>, right: &Item<'_>) -> Option<bool> {
    holds(left, right, Ordering::is_eq)
}

/// The order of `sort`, `min` and `max`: numbers by size, then texts.
pub(crate) fn order(left: &str, right: &str) -> Ordering {
    spl::value::text_order(left, right)
}
