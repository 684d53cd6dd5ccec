//! `upperperc95(X)`

use super::Aggregate;
use super::numbers::{Numbers, interpolated, number};

pub(super) const UPPERPERC: Aggregate = Aggregate {
    name: "upperperc",
    signature: "upperperc95(X)",
    summary: "an upper bound of `perc`, which is exact here, so `perc` itself",
    examples: &[(&["1", "2", "3", "4"], "1.75")],
    timed: false,
    ordered: false,
    kind: number,
    state: |percentile| Numbers::state(percentile, interpolated),
};
