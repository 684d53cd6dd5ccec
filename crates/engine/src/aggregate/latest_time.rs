//! `latest_time(X)`

use super::Aggregate;
use super::moments_in_time::When;
use super::numbers::number;

pub(super) const LATEST_TIME: Aggregate = Aggregate {
    name: "latest_time",
    signature: "latest_time(X)",
    summary: "the time of the latest row that has a value, in epoch seconds",
    examples: &[(&[], "null")],
    timed: true,
    ordered: false,
    kind: number,
    state: |_| When::state(i64::max),
};
