//! `min(X)`

use std::cmp::Ordering;

use super::Aggregate;
use super::numbers::{Extreme, single};

pub(super) const MIN: Aggregate = Aggregate {
    name: "min",
    signature: "min(X)",
    summary: "the smallest value: numbers by size; texts are larger than numbers",
    examples: &[(&["9", "10"], "9"), (&["b", "a"], "a")],
    timed: false,
    ordered: false,
    kind: single,
    state: |_| Extreme::state(Ordering::Less),
};
