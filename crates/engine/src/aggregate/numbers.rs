//! What aggregates over numbers share.

use super::{Finished, State};
use crate::column::{Item, Kind};
use crate::convert::{number_of, number_text};

/// A number whatever the input.
pub(super) fn number(_: Kind) -> Kind {
    Kind::Number
}

/// The input's own kind: numbers stay numbers.
pub(super) fn same(kind: Kind) -> Kind {
    Kind::unify([kind])
}

/// The input's kind, one value: an extreme of several values is one of them.
pub(super) fn single(kind: Kind) -> Kind {
    match kind {
        Kind::Number | Kind::Time => Kind::Number,
        _ => Kind::Text,
    }
}

/// The numbers of a row: what looks like none is passed over.
pub(super) fn numbers_of(item: &Item<'_>) -> Vec<f64> {
    match item {
        Item::Multi(values) => values.iter().filter_map(|value| number_of(value)).collect(),
        item => item.number().into_iter().collect(),
    }
}

/// The values of a row as texts.
pub(super) fn texts_of(item: &Item<'_>) -> Vec<String> {
    match item {
        Item::Multi(values) => values.iter().map(|value| (*value).to_owned()).collect(),
        item => item.clone().text().map(std::borrow::Cow::into_owned).into_iter().collect(),
    }
}

/// Count, mean and sum of squared distances from it (Welford's method, which loses no digits to large values).
#[derive(Debug, Default)]
pub(super) struct Moments {
    pub(super) count: f64,
    pub(super) mean: f64,
    pub(super) squares: f64,
    pub(super) sum: f64,
    /// The sum of squares.
    pub(super) square_sum: f64,
    finish: Option<fn(&Moments) -> Option<f64>>,
}

impl Moments {
    pub(super) fn state(finish: fn(&Moments) -> Option<f64>) -> Box<dyn State> {
        Box::new(Self { finish: Some(finish), ..Self::default() })
    }

    fn see(&mut self, number: f64) {
        self.count += 1.0;
        self.sum += number;
        self.square_sum += number * number;
        let distance = number - self.mean;
        self.mean += distance / self.count;
        self.squares += distance * (number - self.mean);
    }

    /// The variance with `count - less` in the denominator; of one value it is 0.
    pub(super) fn variance(&self, less: f64) -> Option<f64> {
        if self.count < 1.0 {
            return None;
        }
        Some(if self.count > less { self.squares / (self.count - less) } else { 0.0 })
    }
}

impl State for Moments {
    fn update(&mut self, item: &Item<'_>, _: Option<i64>) {
        numbers_of(item).into_iter().for_each(|number| self.see(number));
    }

    fn save(&self) -> Vec<String> {
        [self.count, self.mean, self.squares, self.sum, self.square_sum].iter().map(f64::to_string).collect()
    }

    fn merge(&mut self, saved: &[&str]) {
        let numbers: Vec<f64> = saved.iter().filter_map(|text| text.parse().ok()).collect();
        let [count, mean, squares, sum, square_sum] = numbers[..] else { return };
        if count > 0.0 {
            let total = self.count + count;
            let distance = mean - self.mean;
            self.squares += squares + distance * distance * self.count * count / total;
            self.mean += distance * count / total;
            (self.count, self.sum, self.square_sum) = (total, self.sum + sum, self.square_sum + square_sum);
        }
    }

    fn finish(&self) -> Finished {
        self.finish.and_then(|finish| finish(self)).map_or(Finished::Null, Finished::Number)
    }

    fn size(&self) -> usize {
        size_of::<Self>()
    }
}

/// All numbers, for percentiles.
#[derive(Debug)]
pub(super) struct Numbers {
    numbers: Vec<f64>,
    parameter: f64,
    finish: fn(&[f64], f64) -> Option<f64>,
}

impl Numbers {
    /// `finish` gets the numbers sorted, and the number in the aggregate's name.
    pub(super) fn state(parameter: f64, finish: fn(&[f64], f64) -> Option<f64>) -> Box<dyn State> {
        Box::new(Self { numbers: Vec::new(), parameter, finish })
    }
}

impl State for Numbers {
    fn update(&mut self, item: &Item<'_>, _: Option<i64>) {
        self.numbers.extend(numbers_of(item));
    }

    fn save(&self) -> Vec<String> {
        self.numbers.iter().map(|number| number_text(*number)).collect()
    }

    fn merge(&mut self, saved: &[&str]) {
        self.numbers.extend(saved.iter().filter_map(|text| text.parse::<f64>().ok()));
    }

    fn finish(&self) -> Finished {
        let mut sorted = self.numbers.clone();
        sorted.sort_by(f64::total_cmp);
        (self.finish)(&sorted, self.parameter).map_or(Finished::Null, Finished::Number)
    }

    fn size(&self) -> usize {
        self.numbers.capacity() * size_of::<f64>()
    }
}

/// The value at a percentile: between the two nearest ones in proportion. Source: "Aggregate functions", whose examples give 5.5
/// and 9.55 for the 50th and the 95th percentile of 1 to 10. The same page speaks of the nearest rank, which gives neither; its
/// numbers are what can be checked. Beyond 1000 values it promises less than one percent of rank error: this is exact.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rank among values in memory"
)]
pub(crate) fn interpolated(sorted: &[f64], percentile: f64) -> Option<f64> {
    // Nine decimals: of ten values the 95th percentile lies at 8.55, not just below it.
    let place = (percentile * sorted.len().checked_sub(1)? as f64 * 1e7).round() / 1e9;
    let (first, second) = (place.floor(), place.ceil());
    let (below, above) = (sorted.get(first as usize)?, sorted.get(second as usize)?);
    let share = ((place - first) * 1e9).round() / 1e9;
    Some(below + (above - below) * share)
}

/// One value chosen among those seen.
#[derive(Debug)]
pub(super) struct Choice {
    /// When the chosen one was, and its values.
    chosen: Option<(i64, Vec<String>)>,
    /// Whether a value of a time replaces the chosen one's.
    replaces: fn(i64, i64) -> bool,
    /// Rows without a time are passed over.
    timed: bool,
}

impl Choice {
    /// Choose by `_time`.
    pub(super) fn by_time(replaces: fn(i64, i64) -> bool) -> Box<dyn State> {
        Box::new(Self { chosen: None, replaces, timed: true })
    }

    /// Choose by order: the first, or the last seen.
    pub(super) fn by_order(replaces: fn(i64, i64) -> bool) -> Box<dyn State> {
        Box::new(Self { chosen: None, replaces, timed: false })
    }

    fn offer(&mut self, time: i64, values: Vec<String>) {
        if self.chosen.as_ref().is_none_or(|(chosen, _)| (self.replaces)(time, *chosen)) {
            self.chosen = Some((time, values));
        }
    }
}

impl State for Choice {
    fn update(&mut self, item: &Item<'_>, time: Option<i64>) {
        match time {
            Some(time) if self.timed => self.offer(time, texts_of(item)),
            None if self.timed => (),
            _ => self.offer(0, texts_of(item)),
        }
    }

    fn save(&self) -> Vec<String> {
        let chosen = self.chosen.iter();
        chosen.flat_map(|(time, values)| std::iter::once(time.to_string()).chain(values.iter().cloned())).collect()
    }

    fn merge(&mut self, saved: &[&str]) {
        let Some((time, values)) = saved.split_first() else { return };
        if let Ok(time) = time.parse() {
            self.offer(time, values.iter().map(|value| (*value).to_owned()).collect());
        }
    }

    fn finish(&self) -> Finished {
        match &self.chosen {
            None => Finished::Null,
            Some((_, values)) => match values.as_slice() {
                [value] => Finished::Text(value.clone()),
                values => Finished::Multi(values.to_vec()),
            },
        }
    }

    fn size(&self) -> usize {
        size_of::<Self>() + self.chosen.iter().flat_map(|(_, values)| values).map(String::len).sum::<usize>()
    }
}

/// The least or the greatest value.
#[derive(Debug)]
pub(super) struct Extreme {
    best: Option<String>,
    better: std::cmp::Ordering,
}

impl Extreme {
    pub(super) fn state(better: std::cmp::Ordering) -> Box<dyn State> {
        Box::new(Self { best: None, better })
    }

    fn offer(&mut self, value: &str) {
        if self.best.as_ref().is_none_or(|best| crate::compare::order(value, best) == self.better) {
            self.best = Some(value.to_owned());
        }
    }
}

impl State for Extreme {
    fn update(&mut self, item: &Item<'_>, _: Option<i64>) {
        match item {
            Item::Multi(values) => values.iter().for_each(|value| self.offer(value)),
            Item::Text(text) => self.offer(text),
            item => texts_of(item).iter().for_each(|value| self.offer(value)),
        }
    }

    fn save(&self) -> Vec<String> {
        self.best.clone().into_iter().collect()
    }

    fn merge(&mut self, saved: &[&str]) {
        saved.iter().for_each(|value| self.offer(value));
    }

    fn finish(&self) -> Finished {
        self.best.clone().map_or(Finished::Null, Finished::Text)
    }

    fn size(&self) -> usize {
        size_of::<Self>() + self.best.as_ref().map_or(0, String::len)
    }
}
