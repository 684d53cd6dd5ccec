//! `latest(X)`

use super::Aggregate;
use super::numbers::{Choice, same};

pub(super) const LATEST: Aggregate = Aggregate {
    name: "latest",
    signature: "latest(X)",
    summary: "the value of the row with the latest `_time`",
    examples: &[(&[], "null")],
    timed: true,
    ordered: false,
    kind: same,
    state: |_| Choice::by_time(|time, chosen| time > chosen),
};
