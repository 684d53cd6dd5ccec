//! `per_hour(X)`

use super::Aggregate;
use super::numbers::{Moments, number};

pub(super) const PER_HOUR: Aggregate = Aggregate {
    name: "per_hour",
    signature: "per_hour(X)",
    summary: "the sum of the numbers, for an hour of the span that a row of `timechart` covers; in `timechart` alone",
    examples: &[(&["1", "2"], "3"), (&["x"], "null")],
    timed: false,
    ordered: false,
    kind: number,
    // `timechart` knows how long the span is.
    state: |_| Moments::state(|moments| (moments.count > 0.0).then_some(moments.sum)),
};
