//! `varp(X)`

use super::Aggregate;
use super::numbers::{Moments, number};

pub(super) const VARP: Aggregate = Aggregate {
    name: "varp",
    signature: "varp(X)",
    summary: "the population variance of the numbers",
    examples: &[(&["1", "3"], "1")],
    timed: false,
    ordered: false,
    kind: number,
    state: |_| Moments::state(|moments| moments.variance(0.0)),
};
