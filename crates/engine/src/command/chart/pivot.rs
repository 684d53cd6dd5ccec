//! Which rows of the input count in which row and column of a chart.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use crate::buckets::{Bucket, Bucketing};
use crate::column::Kind;
use crate::convert::number_of;
use crate::states::{Aggregates, States, cell_of};
use crate::table::Cell;

/// What a row of a chart is about.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::command) enum Key {
    /// The one row of a chart without a field of rows.
    Only,
    /// A bucket.
    Bucket(Bucket),
    /// A value, and the kind of its column.
    Value(String, Kind),
}

impl Key {
    /// The key of a value. What has no bucket stays as it is.
    pub(in crate::command) fn new(value: &str, kind: Kind, bucketing: Option<&Bucketing>) -> Self {
        let bucket = bucketing.and_then(|bucketing| bucketing.place(number_of(value)?));
        bucket.map_or_else(|| Self::Value(value.to_owned(), kind), Self::Bucket)
    }

    /// It as a cell of the rows' field.
    pub(in crate::command) fn cell(&self) -> Cell {
        match self {
            Self::Only => Cell::Null,
            Self::Bucket(Bucket::Time(start)) => Cell::Time(*start),
            Self::Bucket(bucket) => Cell::Text(bucket.label()),
            Self::Value(text, kind) => cell_of(*kind, text.clone()),
        }
    }

    /// It as text.
    pub(in crate::command) fn text(&self) -> String {
        match self {
            Self::Only => String::new(),
            Self::Bucket(bucket) => bucket.label(),
            Self::Value(text, _) => text.clone(),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Only => 0,
            Self::Bucket(_) => 1,
            Self::Value(..) => 2,
        }
    }
}

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Bucket(left), Self::Bucket(right)) => left.start().total_cmp(&right.start()),
            (Self::Value(left, _), Self::Value(right, _)) => {
                // `1` and `1.0` are as large, but two values.
                crate::compare::order(left, right).then_with(|| left.cmp(right))
            }
            _ => self.rank().cmp(&other.rank()),
        }
    }
}

/// A row of the input in a row and a series of the chart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) row: usize,
    pub(super) key: usize,
    pub(super) series: usize,
}

/// A chart before its columns are chosen.
#[derive(Debug, Default)]
pub(in crate::command) struct Pivot {
    keys: BTreeMap<Key, usize>,
    /// Every value of the split field, by name; `None` where there is none.
    series: Vec<Option<String>>,
    places: HashMap<Option<String>, usize>,
    entries: Vec<Entry>,
}

impl Pivot {
    /// Make sure that a row exists.
    pub(in crate::command) fn row(&mut self, key: Key) {
        let next = self.keys.len();
        self.keys.entry(key).or_insert(next);
    }

    /// Count a row of the input.
    pub(in crate::command) fn add(&mut self, row: usize, key: Key, names: &[Option<String>]) {
        let next = self.keys.len();
        let key = *self.keys.entry(key).or_insert(next);
        for name in names {
            let series = match self.places.get(name) {
                Some(at) => *at,
                None => {
                    self.places.insert(name.clone(), self.series.len());
                    self.series.push(name.clone());
                    self.series.len() - 1
                }
            };
            self.entries.push(Entry { row, key, series });
        }
    }

    /// Leave out the rows that do not satisfy a condition.
    pub(in crate::command) fn keep(&mut self, wanted: impl Fn(&Key) -> bool) {
        self.keys.retain(|key, _| wanted(key));
    }

    /// Where the buckets start, in order.
    pub(in crate::command) fn starts(&self) -> Vec<f64> {
        let bucket = |key: &Key| if let Key::Bucket(bucket) = key { Some(bucket.start()) } else { None };
        self.keys.keys().filter_map(bucket).collect()
    }

    /// The rows in order, each with its number.
    pub(super) fn sorted(&self) -> Vec<(&Key, usize)> {
        self.keys.iter().map(|(key, at)| (key, *at)).collect()
    }

    /// The values of the split field, in the order in which they were seen.
    pub(super) fn series(&self) -> &[Option<String>] {
        &self.series
    }

    /// How many rows of the input each series has.
    pub(super) fn frequencies(&self) -> Vec<u64> {
        let mut counts = vec![0; self.series.len()];
        for entry in &self.entries {
            if let Some(count) = counts.get_mut(entry.series) {
                *count += 1;
            }
        }
        counts
    }

    /// The states of each row and column; `column` says where an entry counts, if it does.
    pub(super) fn cells(
        &self,
        aggregates: &Aggregates,
        column: impl Fn(&Entry) -> Option<usize>,
    ) -> HashMap<(usize, usize), States> {
        let mut cells: HashMap<(usize, usize), States> = HashMap::new();
        for entry in &self.entries {
            if let Some(column) = column(entry) {
                let states = cells.entry((entry.key, column)).or_insert_with(|| aggregates.start());
                aggregates.update(states, entry.row);
            }
        }
        cells
    }
}
