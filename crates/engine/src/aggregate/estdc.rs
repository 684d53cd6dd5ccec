//! `estdc(X)`

use super::Aggregate;
use super::dc::Distinct;
use super::numbers::number;

pub(super) const ESTDC: Aggregate = Aggregate {
    name: "estdc",
    signature: "estdc(X)",
    summary: "the number of distinct values; Weir counts and does not estimate",
    examples: &[(&["a", "b", "a"], "2"), (&["1", "1.0"], "2"), (&[], "0")],
    timed: false,
    ordered: false,
    kind: number,
    state: |_| Box::new(Distinct::default()),
};
