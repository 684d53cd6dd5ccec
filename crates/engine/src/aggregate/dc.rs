//! `dc(X), distinct_count(X)`

use std::collections::HashSet;

use super::numbers::{number, texts_of};
use super::{Aggregate, Finished, State};
use crate::column::Item;

pub(super) const DC: Aggregate = Aggregate {
    name: "dc",
    signature: "dc(X), distinct_count(X)",
    summary: "the number of distinct values",
    examples: &[(&["a", "b", "a"], "2"), (&["A", "a"], "2"), (&[], "0")],
    timed: false,
    ordered: false,
    kind: number,
    state: |_| Box::new(Distinct::default()),
};

/// The distinct values.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    values: HashSet<String>,
    bytes: usize,
}

impl Distinct {
    fn see(&mut self, value: &str) {
        if !self.values.contains(value) {
            self.bytes += value.len() + size_of::<String>();
            self.values.insert(value.to_owned());
        }
    }
}

impl State for Distinct {
    fn update(&mut self, item: &Item<'_>, _: Option<i64>) {
        match item {
            Item::Text(text) => self.see(text),
            item => texts_of(item).iter().for_each(|value| self.see(value)),
        }
    }

    fn save(&self) -> Vec<String> {
        let mut values: Vec<String> = self.values.iter().cloned().collect();
        values.sort();
        values
    }

    fn merge(&mut self, saved: &[&str]) {
        saved.iter().for_each(|value| self.see(value));
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers of SPL are doubles")]
    fn finish(&self) -> Finished {
        Finished::Number(self.values.len() as f64)
    }

    fn size(&self) -> usize {
        self.bytes + size_of::<Self>()
    }
}
