//! `values(X)`

use std::collections::BTreeSet;

use super::numbers::texts_of;
use super::{Aggregate, Finished, State};
use crate::column::{Item, Kind};

pub(super) const VALUES: Aggregate = Aggregate {
    name: "values",
    signature: "values(X)",
    summary: "the distinct values, sorted as text",
    examples: &[(&["b", "a", "b"], "a b"), (&["10", "9"], "10 9"), (&[], "null")],
    timed: false,
    ordered: false,
    kind: |_| Kind::Multi,
    state: |_| Box::new(Sorted::default()),
};

#[derive(Debug, Default)]
struct Sorted {
    values: BTreeSet<String>,
    bytes: usize,
}

impl Sorted {
    fn see(&mut self, value: &str) {
        if !self.values.contains(value) {
            self.bytes += value.len() + size_of::<String>();
            self.values.insert(value.to_owned());
        }
    }
}

impl State for Sorted {
    fn update(&mut self, item: &Item<'_>, _: Option<i64>) {
        match item {
            Item::Text(text) => self.see(text),
            item => texts_of(item).iter().for_each(|value| self.see(value)),
        }
    }

    fn save(&self) -> Vec<String> {
        self.values.iter().cloned().collect()
    }

    fn merge(&mut self, saved: &[&str]) {
        saved.iter().for_each(|value| self.see(value));
    }

    fn finish(&self) -> Finished {
        Finished::Multi(self.values.iter().cloned().collect())
    }

    fn size(&self) -> usize {
        self.bytes + size_of::<Self>()
    }
}
