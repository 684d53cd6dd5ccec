//! `earliest(X)`

use super::Aggregate;
use super::numbers::{Choice, same};

pub(super) const EARLIEST: Aggregate = Aggregate {
    name: "earliest",
    signature: "earliest(X)",
    summary: "the value of the row with the earliest `_time`",
    examples: &[(&[], "null")],
    timed: true,
    ordered: false,
    kind: same,
    state: |_| Choice::by_time(|time, chosen| time <= chosen),
};
