//! `per_second(X)`

use super::Aggregate;
use super::numbers::{Moments, number};

pub(super) const PER_SECOND: Aggregate = Aggregate {
    name: "per_second",
    signature: "per_second(X)",
    summary: "the sum of the numbers, for a second of the span that a row of `timechart` covers; in `timechart` alone",
    examples: &[(&["1", "2"], "3"), (&["x"], "null")],
    timed: false,
    ordered: false,
    kind: number,
    // `timechart` knows how long the span is.
    state: |_| Moments::state(|moments| (moments.count > 0.0).then_some(moments.sum)),
};
