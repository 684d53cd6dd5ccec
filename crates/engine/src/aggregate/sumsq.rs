//! `sumsq(X)`

use super::Aggregate;
use super::numbers::{Moments, number};

pub(super) const SUMSQ: Aggregate = Aggregate {
    name: "sumsq",
    signature: "sumsq(X)",
    summary: "the sum of the squares of the numbers",
    examples: &[(&["1", "2", "x"], "5"), (&["x"], "null")],
    timed: false,
    ordered: false,
    kind: number,
    state: |_| Moments::state(|moments| (moments.count > 0.0).then_some(moments.square_sum)),
};
