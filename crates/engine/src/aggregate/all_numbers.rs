//! `allnum=true`: an aggregate of numbers gives nothing where one of the values is no number (manual: "stats", allnum). That
//! it looks at the values of a group, not of the whole field, is our reading.

use super::numbers::numbers_of;
use super::{Finished, State};
use crate::column::Item;

/// The aggregates that pass over what is no number.
const OF_NUMBERS: &[&str] =
    &["avg", "exactperc", "median", "perc", "range", "stdev", "stdevp", "sum", "sumsq", "upperperc", "var", "varp"];

/// Does `allnum=` change this aggregate?
pub(super) fn concerns(name: &str) -> bool {
    OF_NUMBERS.contains(&name)
}

/// A state that gives nothing once it has seen what is no number.
pub(super) fn guarded(inner: Box<dyn State>) -> Box<dyn State> {
    Box::new(AllNumbers { inner, spoilt: false })
}

#[derive(Debug)]
struct AllNumbers {
    inner: Box<dyn State>,
    spoilt: bool,
}

impl State for AllNumbers {
    fn update(&mut self, item: &Item<'_>, time: Option<i64>) {
        let values = if let Item::Multi(values) = item { values.len() } else { 1 };
        self.spoilt |= numbers_of(item).len() < values;
        self.inner.update(item, time);
    }

    fn save(&self) -> Vec<String> {
        std::iter::once(self.spoilt.to_string()).chain(self.inner.save()).collect()
    }

    fn merge(&mut self, saved: &[&str]) {
        if let Some((spoilt, inner)) = saved.split_first() {
            self.spoilt |= *spoilt == true.to_string();
            self.inner.merge(inner);
        }
    }

    fn finish(&self) -> Finished {
        if self.spoilt { Finished::Null } else { self.inner.finish() }
    }

    fn size(&self) -> usize {
        size_of::<Self>() + self.inner.size()
    }
}
