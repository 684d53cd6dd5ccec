//! `count, count(X)`

use super::numbers::{number, texts_of};
use super::{Aggregate, Finished, State};
use crate::column::Item;

pub(super) const COUNT: Aggregate = Aggregate {
    name: "count",
    signature: "count, count(X)",
    summary: "the number of rows, or of values",
    examples: &[(&["a", "a"], "2"), (&[], "0")],
    timed: false,
    ordered: false,
    kind: number,
    state: |_| Box::new(Count::default()),
};

#[derive(Debug, Default)]
struct Count {
    values: u64,
}

impl State for Count {
    fn update(&mut self, item: &Item<'_>, _: Option<i64>) {
        self.values += match item {
            Item::Multi(_) => texts_of(item).len() as u64,
            _ => 1,
        };
    }

    fn save(&self) -> Vec<String> {
        vec![self.values.to_string()]
    }

    fn merge(&mut self, saved: &[&str]) {
        self.values += saved.iter().filter_map(|text| text.parse::<u64>().ok()).sum::<u64>();
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers of SPL are doubles")]
    fn finish(&self) -> Finished {
        Finished::Number(self.values as f64)
    }

    fn size(&self) -> usize {
        size_of::<Self>()
    }
}
