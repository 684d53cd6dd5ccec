//! `earliest_time(X)`

use super::Aggregate;
use super::moments_in_time::When;
use super::numbers::number;

pub(super) const EARLIEST_TIME: Aggregate = Aggregate {
    name: "earliest_time",
    signature: "earliest_time(X)",
    summary: "the time of the earliest row that has a value, in epoch seconds",
    examples: &[(&[], "null")],
    timed: true,
    ordered: false,
    kind: number,
    state: |_| When::state(i64::min),
};
