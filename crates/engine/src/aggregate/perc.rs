//! `perc95(X), p95(X)`

use super::Aggregate;
use super::numbers::{Numbers, interpolated, number};

pub(super) const PERC: Aggregate = Aggregate {
    name: "perc",
    signature: "perc95(X), p95(X)",
    summary: "the value below which the given percentage of the numbers lies, between two of them in proportion",
    examples: &[(&["1", "2", "3", "4"], "1.75"), (&["1", "x"], "1"), (&[], "null")],
    timed: false,
    ordered: false,
    kind: number,
    state: |percentile| Numbers::state(percentile, interpolated),
};
