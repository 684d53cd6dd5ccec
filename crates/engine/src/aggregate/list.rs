//! `list(X)`

use super::numbers::texts_of;
use super::{Aggregate, Finished, State};
use crate::column::{Item, Kind};

pub(super) const LIST: Aggregate = Aggregate {
    name: "list",
    signature: "list(X)",
    summary: "the first 100 values in the order of rows",
    examples: &[(&["b", "a", "b"], "b a b")],
    timed: false,
    ordered: true,
    kind: |_| Kind::Multi,
    state: |_| Box::new(Ordered::default()),
};

/// Splunk's limit (limits.conf, `list_maxsize`).
const MOST: usize = 100;

#[derive(Debug, Default)]
struct Ordered {
    values: Vec<String>,
}

impl State for Ordered {
    fn update(&mut self, item: &Item<'_>, _: Option<i64>) {
        let room = MOST - self.values.len();
        if room > 0 {
            self.values.extend(texts_of(item).into_iter().take(room));
        }
    }

    fn save(&self) -> Vec<String> {
        self.values.clone()
    }

    fn merge(&mut self, saved: &[&str]) {
        let room = MOST - self.values.len();
        self.values.extend(saved.iter().take(room).map(|value| (*value).to_owned()));
    }

    fn finish(&self) -> Finished {
        Finished::Multi(self.values.clone())
    }

    fn size(&self) -> usize {
        self.values.iter().map(|value| value.len() + size_of::<String>()).sum::<usize>() + size_of::<Self>()
    }
}
