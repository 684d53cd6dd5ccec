//! `median(X)`

use super::Aggregate;
use super::numbers::{Numbers, number};

pub(super) const MEDIAN: Aggregate = Aggregate {
    name: "median",
    signature: "median(X)",
    summary: "the middle number; of an even count, the mean of the two in the middle",
    examples: &[(&["3", "1", "2"], "2"), (&["1", "2", "3", "4"], "2.5")],
    timed: false,
    ordered: false,
    kind: number,
    state: |_| Numbers::state(0.0, |sorted, _| middle(sorted)),
};

fn middle(sorted: &[f64]) -> Option<f64> {
    let upper = sorted.get(sorted.len() / 2)?;
    let lower = sorted.get(sorted.len().saturating_sub(1) / 2)?;
    Some(f64::midpoint(*lower, *upper))
}
