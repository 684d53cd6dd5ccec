//! `estdc_error(X)`

use super::numbers::number;
use super::{Aggregate, Finished, State};
use crate::column::Item;

pub(super) const ESTDC_ERROR: Aggregate = Aggregate {
    name: "estdc_error",
    signature: "estdc_error(X)",
    summary: "the error of `estdc`, which is 0: Weir counts and does not estimate",
    examples: &[(&["a", "b"], "0"), (&[], "0")],
    timed: false,
    ordered: false,
    kind: number,
    state: |_| Box::new(NoError),
};

/// "The absolute value of (estimate - real) / real"; of no values at all 0 too, our reading.
#[derive(Debug)]
struct NoError;

impl State for NoError {
    fn update(&mut self, _: &Item<'_>, _: Option<i64>) {}

    fn save(&self) -> Vec<String> {
        Vec::new()
    }

    fn merge(&mut self, _: &[&str]) {}

    fn finish(&self) -> Finished {
        Finished::Number(0.0)
    }

    fn size(&self) -> usize {
        size_of::<Self>()
    }
}
