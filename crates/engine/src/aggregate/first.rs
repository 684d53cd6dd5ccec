//! `first(X)`

use super::Aggregate;
use super::numbers::{Choice, same};

pub(super) const FIRST: Aggregate = Aggregate {
    name: "first",
    signature: "first(X)",
    summary: "the first value seen; events are seen newest first",
    examples: &[(&["b", "a"], "b")],
    timed: false,
    ordered: true,
    kind: same,
    state: |_| Choice::by_order(|_, _| false),
};
