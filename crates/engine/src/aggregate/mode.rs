//! `mode(X)`

use std::collections::BTreeMap;

use super::numbers::{single, texts_of};
use super::{Aggregate, Finished, State};
use crate::column::Item;

pub(super) const MODE: Aggregate = Aggregate {
    name: "mode",
    signature: "mode(X)",
    summary: "the most frequent value; of several, the first in the order of text",
    examples: &[(&["b", "a", "b"], "b"), (&["b", "a"], "a")],
    timed: false,
    ordered: false,
    kind: single,
    state: |_| Box::new(Frequencies::default()),
};

#[derive(Debug, Default)]
struct Frequencies {
    counts: BTreeMap<String, u64>,
    bytes: usize,
}

impl Frequencies {
    fn see(&mut self, value: String, times: u64) {
        let bytes = value.len() + size_of::<(String, u64)>();
        let count = self.counts.entry(value).or_insert_with(|| {
            self.bytes += bytes;
            0
        });
        *count += times;
    }
}

impl State for Frequencies {
    fn update(&mut self, item: &Item<'_>, _: Option<i64>) {
        texts_of(item).into_iter().for_each(|value| self.see(value, 1));
    }

    fn save(&self) -> Vec<String> {
        self.counts.iter().flat_map(|(value, count)| [value.clone(), count.to_string()]).collect()
    }

    fn merge(&mut self, saved: &[&str]) {
        for pair in saved.chunks_exact(2) {
            if let [value, count] = pair {
                self.see((*value).to_owned(), count.parse().unwrap_or(0));
            }
        }
    }

    fn finish(&self) -> Finished {
        let mut best: Option<(&String, u64)> = None;
        for (value, count) in &self.counts {
            if best.is_none_or(|(_, most)| *count > most) {
                best = Some((value, *count));
            }
        }
        best.map_or(Finished::Null, |(value, _)| Finished::Text(value.clone()))
    }

    fn size(&self) -> usize {
        self.bytes + size_of::<Self>()
    }
}
