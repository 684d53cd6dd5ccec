//! `perc95(X), p95(X)`

use super::Aggregate;
use super::numbers::{Numbers, nearest_rank, number};

pub(super) const PERC: Aggregate = Aggregate {
    name: "perc",
    signature: "perc95(X), p95(X)",
    summary: "the value that the given percentage of the numbers does not exceed",
    examples: &[(&["1", "2", "3", "4"], "1")],
    timed: false,
    ordered: false,
    kind: number,
    state: |percentile| Numbers::state(percentile, nearest_rank),
};
