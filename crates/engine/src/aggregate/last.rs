//! `last(X)`

use super::Aggregate;
use super::numbers::{Choice, same};

pub(super) const LAST: Aggregate = Aggregate {
    name: "last",
    signature: "last(X)",
    summary: "the last value seen; events are seen newest first",
    examples: &[(&["b", "a"], "a")],
    timed: false,
    ordered: true,
    kind: same,
    state: |_| Choice::by_order(|_, _| true),
};
