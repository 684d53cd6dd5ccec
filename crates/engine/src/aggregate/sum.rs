//! `sum(X)`

use super::Aggregate;
use super::numbers::{Moments, number};

pub(super) const SUM: Aggregate = Aggregate {
    name: "sum",
    signature: "sum(X)",
    summary: "the sum of the numbers",
    examples: &[(&["1", "2.5"], "3.5"), (&["x"], "null")],
    timed: false,
    ordered: false,
    kind: number,
    state: |_| Moments::state(|moments| (moments.count > 0.0).then_some(moments.sum)),
};
