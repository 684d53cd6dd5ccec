//! `range(X)`

use super::Aggregate;
use super::numbers::{Numbers, number};

pub(super) const RANGE: Aggregate = Aggregate {
    name: "range",
    signature: "range(X)",
    summary: "the difference between the largest and the smallest number",
    examples: &[(&["3", "10", "5"], "7")],
    timed: false,
    ordered: false,
    kind: number,
    state: |_| Numbers::state(0.0, |sorted, _| sorted.first().zip(sorted.last()).map(|(least, most)| most - least)),
};
