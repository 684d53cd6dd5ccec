//! What aggregates over times share.

use super::{Finished, State};
use crate::column::Item;
use crate::convert::seconds;

/// The time of the earliest or the latest row that has a value.
#[derive(Debug)]
pub(super) struct When {
    time: Option<i64>,
    choose: fn(i64, i64) -> i64,
}

impl When {
    /// `choose` gives the wanted one of two times.
    pub(super) fn state(choose: fn(i64, i64) -> i64) -> Box<dyn State> {
        Box::new(Self { time: None, choose })
    }

    fn see(&mut self, time: i64) {
        self.time = Some(self.time.map_or(time, |known| (self.choose)(known, time)));
    }
}

impl State for When {
    fn update(&mut self, _: &Item<'_>, time: Option<i64>) {
        time.into_iter().for_each(|time| self.see(time));
    }

    fn save(&self) -> Vec<String> {
        self.time.iter().map(i64::to_string).collect()
    }

    fn merge(&mut self, saved: &[&str]) {
        saved.iter().filter_map(|text| text.parse().ok()).for_each(|time| self.see(time));
    }

    fn finish(&self) -> Finished {
        self.time.map_or(Finished::Null, |time| Finished::Number(seconds(time)))
    }

    fn size(&self) -> usize {
        size_of::<Self>()
    }
}
