//! `exactperc95(X)`

use super::Aggregate;
use super::numbers::{Numbers, interpolated, number};

pub(super) const EXACTPERC: Aggregate = Aggregate {
    name: "exactperc",
    signature: "exactperc95(X)",
    summary: "the value below which the given percentage of the numbers lies, as `perc`, which is exact here too",
    examples: &[(&["1", "2", "3", "4"], "1.75")],
    timed: false,
    ordered: false,
    kind: number,
    state: |percentile| Numbers::state(percentile, interpolated),
};
