//! `exactperc95(X)`

use super::Aggregate;
use super::numbers::{Numbers, nearest_rank, number};

pub(super) const EXACTPERC: Aggregate = Aggregate {
    name: "exactperc",
    signature: "exactperc95(X)",
    summary: "as perc; Weir computes both exactly",
    examples: &[(&["1", "2", "3", "4"], "1")],
    timed: false,
    ordered: false,
    kind: number,
    state: |percentile| Numbers::state(percentile, nearest_rank),
};
