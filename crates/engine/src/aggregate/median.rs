//! `median(X)`

use super::Aggregate;
use super::numbers::{Numbers, number};

pub(super) const MEDIAN: Aggregate = Aggregate {
    name: "median",
    signature: "median(X)",
    summary: "the middle number; of an even count, the higher of the two in the middle",
    examples: &[(&["3", "1", "2"], "2"), (&["1", "2", "3", "4"], "3"), (&["x"], "null")],
    timed: false,
    ordered: false,
    kind: number,
    // "If you have an even number of events, by default the median calculation is approximated to the higher of the two values."
    state: |_| Numbers::state(0.0, |sorted, _| sorted.get(sorted.len() / 2).copied()),
};
