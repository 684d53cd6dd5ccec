//! `max(X)`

use std::cmp::Ordering;

use super::Aggregate;
use super::numbers::{Extreme, single};

pub(super) const MAX: Aggregate = Aggregate {
    name: "max",
    signature: "max(X)",
    summary: "the largest value: numbers by size; texts are larger than numbers",
    examples: &[(&["9", "10"], "10"), (&["a", "b"], "b"), (&["10", "a"], "a")],
    timed: false,
    ordered: false,
    kind: single,
    state: |_| Extreme::state(Ordering::Greater),
};
