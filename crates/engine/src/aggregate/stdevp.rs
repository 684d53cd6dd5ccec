//! `stdevp(X)`

use super::Aggregate;
use super::numbers::{Moments, number};

pub(super) const STDEVP: Aggregate = Aggregate {
    name: "stdevp",
    signature: "stdevp(X)",
    summary: "the population standard deviation of the numbers",
    examples: &[(&["2", "4", "4", "4", "5", "5", "7", "9"], "2")],
    timed: false,
    ordered: false,
    kind: number,
    state: |_| Moments::state(|moments| moments.variance(0.0).map(f64::sqrt)),
};
