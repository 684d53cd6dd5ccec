//! `per_day(X)`

use super::Aggregate;
use super::numbers::{Moments, number};

pub(super) const PER_DAY: Aggregate = Aggregate {
    name: "per_day",
    signature: "per_day(X)",
    summary: "the sum of the numbers, for a day of the span that a row of `timechart` covers; in `timechart` alone",
    examples: &[(&["1", "2"], "3"), (&["x"], "null")],
    timed: false,
    ordered: false,
    kind: number,
    // `timechart` knows how long the span is.
    state: |_| Moments::state(|moments| (moments.count > 0.0).then_some(moments.sum)),
};
