//! `var(X)`

use super::Aggregate;
use super::numbers::{Moments, number};

pub(super) const VAR: Aggregate = Aggregate {
    name: "var",
    signature: "var(X)",
    summary: "the sample variance of the numbers",
    examples: &[(&["1", "2", "3"], "1")],
    timed: false,
    ordered: false,
    kind: number,
    state: |_| Moments::state(|moments| moments.variance(1.0)),
};
