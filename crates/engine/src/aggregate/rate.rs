//! `rate(X)`

use super::numbers::{number, numbers_of};
use super::{Aggregate, Finished, State};
use crate::column::Item;
use crate::convert::seconds;

pub(super) const RATE: Aggregate = Aggregate {
    name: "rate",
    signature: "rate(X)",
    summary: "how much a counter grows in a second, from its earliest to its latest value; null when both have the same time",
    examples: &[(&["5"], "null"), (&["x", "y"], "null")],
    timed: true,
    ordered: false,
    kind: number,
    state: |_| Box::new(Counter::default()),
};

/// The values of a counter, each with its time.
#[derive(Debug, Default)]
struct Counter {
    points: Vec<(i64, f64)>,
}

impl State for Counter {
    fn update(&mut self, item: &Item<'_>, time: Option<i64>) {
        if let Some(time) = time {
            self.points.extend(numbers_of(item).into_iter().map(|number| (time, number)));
        }
    }

    fn save(&self) -> Vec<String> {
        self.points.iter().flat_map(|(time, number)| [time.to_string(), number.to_string()]).collect()
    }

    fn merge(&mut self, saved: &[&str]) {
        for pair in saved.chunks_exact(2) {
            if let [time, number] = pair
                && let (Ok(time), Ok(number)) = (time.parse(), number.parse())
            {
                self.points.push((time, number));
            }
        }
    }

    /// "(latest - earliest) / (latest_time - earliest_time)". "The rate function also handles the largest value reset": where the
    /// counter falls, it began anew, and the largest value that it fell from is added (our reading).
    fn finish(&self) -> Finished {
        let mut points = self.points.clone();
        points.sort_by_key(|(time, _)| *time);
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return Finished::Null };
        if first.0 == last.0 {
            return Finished::Null;
        }
        let falls = points.iter().zip(points.iter().skip(1)).filter(|(before, after)| after.1 < before.1);
        let reset = falls.map(|(before, _)| before.1).reduce(f64::max).unwrap_or(0.0);
        Finished::Number((last.1 - first.1 + reset) / seconds(last.0 - first.0))
    }

    fn size(&self) -> usize {
        self.points.capacity() * size_of::<(i64, f64)>() + size_of::<Self>()
    }
}
