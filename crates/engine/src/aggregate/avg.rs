//! `avg(X)`

use super::Aggregate;
use super::numbers::{Moments, number};

pub(super) const AVG: Aggregate = Aggregate {
    name: "avg",
    signature: "avg(X)",
    summary: "the mean of the numbers",
    examples: &[(&["1", "2", "6"], "3"), (&["1", "x"], "1"), (&["x"], "null")],
    timed: false,
    ordered: false,
    kind: number,
    state: |_| Moments::state(|moments| (moments.count > 0.0).then(|| moments.sum / moments.count)),
};
