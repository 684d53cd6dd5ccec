//! `stdev(X)`

use super::Aggregate;
use super::numbers::{Moments, number};

pub(super) const STDEV: Aggregate = Aggregate {
    name: "stdev",
    signature: "stdev(X)",
    summary: "the sample standard deviation of the numbers",
    examples: &[(&["2", "4", "4", "4", "5", "5", "7", "9"], "2.138089935299395"), (&["1"], "0")],
    timed: false,
    ordered: false,
    kind: number,
    state: |_| Moments::state(|moments| moments.variance(1.0).map(f64::sqrt)),
};
