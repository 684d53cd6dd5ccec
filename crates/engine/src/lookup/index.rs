//! Finds the rows of a table for given values.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use spl::pattern::fold;

use super::fragments::{self, Fragments};
use super::networks::{self, Networks};
use super::{Lookup, LookupKind, LookupTable, LookupValue, MatchType, TimeBound};
use crate::convert::{micros, number_of};
use crate::function::SearchContext;

/// Whether letter case counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Case {
    /// It does.
    Counts,
    /// It does not.
    Ignored,
    /// Values are looked for in lower case. Of a collection, `case_sensitive_match=false` finds rows in lower case only
    /// (manual: transforms.conf).
    Lowered,
}

/// What an index is made of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct IndexKey {
    columns: Vec<(usize, MatchType)>,
    case: Case,
}

/// Rows by the values of some columns.
#[derive(Debug)]
pub(super) struct Index {
    driver: Driver,
    /// Places among the inputs of those that the driver goes by; all inputs that it does not decide are checked after.
    driven: Vec<usize>,
    checked: Vec<usize>,
}

#[derive(Debug)]
enum Driver {
    /// Exact columns together.
    Exact(HashMap<String, Vec<usize>>),
    Wildcard(Fragments),
    Cidr(Networks),
}

impl Index {
    pub(super) fn build(table: &LookupTable, key: &IndexKey) -> Self {
        let all = 0..key.columns.len();
        let kind = |input: &usize| key.columns.get(*input).map_or(MatchType::Exact, |(_, kind)| *kind);
        let exact: Vec<usize> = all.clone().filter(|input| kind(input) == MatchType::Exact).collect();
        let best = all.clone().min_by_key(|input| bare_cells(table, key, *input));
        let (driver, driven) = match best {
            Some(input) if exact.is_empty() => {
                let driver = match kind(&input) {
                    MatchType::Cidr => Driver::Cidr(Networks::build(cells(table, key, input))),
                    _ => Driver::Wildcard(Fragments::build(
                        cells(table, key, input).map(|(row, cell)| (row, key.case.cell(cell))),
                    )),
                };
                (driver, vec![input])
            }
            _ => (Driver::Exact(by_values(table, key, &exact)), exact),
        };
        // A literal of a pattern is only part of it.
        let decided = |input: &usize| driven.contains(input) && kind(input) != MatchType::Wildcard;
        let checked = all.filter(|input| !decided(input)).collect();
        Self { driver, driven, checked }
    }

    /// Rows in which each column matches its value, in the order of the table.
    fn find(&self, table: &LookupTable, key: &IndexKey, values: &[Cow<'_, str>]) -> Vec<usize> {
        let mut found = Vec::new();
        let first = self.driven.first().and_then(|input| values.get(*input));
        match (&self.driver, first) {
            (Driver::Exact(rows), _) => {
                let mut wanted = String::new();
                let parts = self.driven.iter().filter_map(|input| values.get(*input));
                parts.for_each(|part| push_part(&mut wanted, part));
                found.extend(rows.get(&wanted).into_iter().flatten());
            }
            (Driver::Wildcard(fragments), Some(value)) => fragments.candidates(value, &mut found),
            (Driver::Cidr(networks), Some(value)) => networks.candidates(value, &mut found),
            (_, None) => (),
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|row| self.checked.iter().all(|input| key.matches(table, *row, *input, values)));
        found
    }

    /// True when no values can match more than one row.
    fn is_unique(&self) -> bool {
        match &self.driver {
            Driver::Exact(rows) => rows.values().all(|rows| rows.len() < 2),
            Driver::Wildcard(_) | Driver::Cidr(_) => false,
        }
    }
}

impl IndexKey {
    fn matches(&self, table: &LookupTable, row: usize, input: usize, values: &[Cow<'_, str>]) -> bool {
        let (Some((column, kind)), Some(value)) = (self.columns.get(input), values.get(input)) else { return false };
        table.value(row, *column).values().any(|cell| match kind {
            MatchType::Exact => self.case.cell(cell) == *value,
            MatchType::Wildcard => fragments::matches(&self.case.cell(cell), value),
            MatchType::Cidr => networks::matches(cell, value),
        })
    }
}

impl Case {
    fn cell(self, cell: &str) -> Cow<'_, str> {
        if self == Self::Ignored { fold(cell) } else { Cow::Borrowed(cell) }
    }

    fn value(self, value: &str) -> Cow<'_, str> {
        if self == Self::Counts { Cow::Borrowed(value) } else { fold(value) }
    }
}

fn cells<'t>(table: &'t LookupTable, key: &IndexKey, input: usize) -> impl Iterator<Item = (usize, &'t str)> {
    let column = key.columns.get(input).map_or(usize::MAX, |(column, _)| *column);
    (0..table.len()).flat_map(move |row| table.value(row, column).values().map(move |cell| (row, cell)))
}

/// Cells of nothing but stars: a column with many of them tells little.
fn bare_cells(table: &LookupTable, key: &IndexKey, input: usize) -> usize {
    cells(table, key, input).filter(|(_, cell)| cell.bytes().all(|byte| byte == b'*')).count()
}

/// Rows by the values of the exact columns.
fn by_values(table: &LookupTable, key: &IndexKey, exact: &[usize]) -> HashMap<String, Vec<usize>> {
    let columns: Vec<usize> = exact.iter().filter_map(|input| key.columns.get(*input)).map(|(at, _)| *at).collect();
    let mut rows: HashMap<String, Vec<usize>> = HashMap::new();
    for row in 0..table.len() {
        // Cells of a collection can hold several values: each combination finds the row.
        let mut names = vec![String::new()];
        for column in &columns {
            let values = table.value(row, *column);
            names = names.iter().flat_map(|name| extended(name, values, key.case)).collect();
        }
        for name in names {
            rows.entry(name).or_default().push(row);
        }
    }
    rows
}

fn extended(name: &str, values: &LookupValue, case: Case) -> Vec<String> {
    let each = values.values().map(|value| {
        let mut longer = name.to_owned();
        push_part(&mut longer, &case.cell(value));
        longer
    });
    each.collect()
}

/// Put a value behind others so that no two lists of values make the same text.
fn push_part(name: &mut String, part: &str) {
    name.push_str(&part.len().to_string());
    name.push(':');
    name.push_str(part);
}

/// A lookup with the columns that are compared.
#[derive(Debug)]
pub(crate) struct Matcher {
    table: Arc<LookupTable>,
    key: IndexKey,
    index: Arc<Index>,
    /// The times of a time-bounded lookup's rows, in microseconds.
    times: Option<(TimeBound, Vec<Option<i64>>)>,
    most: usize,
}

impl Matcher {
    /// Compare these columns.
    pub(crate) fn new(lookup: &Lookup, columns: &[usize], context: &SearchContext) -> Self {
        let definition = &lookup.definition;
        let names: Vec<&str> = lookup.table.columns().collect();
        let kind = |column: &usize| names.get(*column).map_or(MatchType::Exact, |name| definition.match_type(name));
        let case = match (&definition.kind, definition.case_sensitive) {
            (_, true) => Case::Counts,
            (LookupKind::Collection { .. }, false) => Case::Lowered,
            (LookupKind::File | LookupKind::Computed(_), false) => Case::Ignored,
        };
        let key = IndexKey { columns: columns.iter().map(|column| (*column, kind(column))).collect(), case };
        let times = definition.time.clone().map(|bound| {
            let times = times(&lookup.table, &bound, context);
            (bound, times)
        });
        let index = lookup.table.index(key.clone());
        Self { table: Arc::clone(&lookup.table), key, index, times, most: definition.most() }
    }

    /// True when no values can match more than one row.
    pub(crate) fn is_unique(&self) -> bool {
        self.most == 1 || self.index.is_unique()
    }

    /// The rows that match one value for each column, and the time of the row that they are from.
    pub(crate) fn find(&self, values: &[&str], time: Option<i64>) -> Vec<usize> {
        let values: Vec<Cow<'_, str>> = values.iter().map(|value| self.key.case.value(value)).collect();
        let mut found = self.index.find(&self.table, &self.key, &values);
        if let Some((bound, times)) = &self.times {
            found = in_time(found, bound, times, time);
        }
        found.truncate(self.most);
        found
    }
}

fn times(table: &LookupTable, bound: &TimeBound, context: &SearchContext) -> Vec<Option<i64>> {
    let Some(column) = table.column(&bound.field) else { return vec![None; table.len()] };
    let read = |text: &str| match &bound.format {
        // The default is epoch seconds and their decimals.
        None => number_of(text).and_then(micros),
        Some(format) => spl::time::strptime(text, format, context.now, &context.zone),
    };
    (0..table.len()).map(|row| table.value(row, column).values().next().and_then(read)).collect()
}

/// The rows whose time is as far before `time` as the bound allows, the nearest first.
fn in_time(rows: Vec<usize>, bound: &TimeBound, times: &[Option<i64>], time: Option<i64>) -> Vec<usize> {
    const SECOND: i64 = 1_000_000;
    let (Some(time), allowed) = (time, bound.min_offset..=bound.max_offset) else { return Vec::new() };
    let timed = rows.into_iter().filter_map(|row| times.get(row).copied().flatten().map(|at| (at, row)));
    let mut timed: Vec<(i64, usize)> = timed
        .filter(|(at, _)| {
            let offset = time.saturating_sub(*at);
            offset >= allowed.start().saturating_mul(SECOND) && offset <= allowed.end().saturating_mul(SECOND)
        })
        .collect();
    timed.sort_by_key(|(at, row)| (std::cmp::Reverse(*at), *row));
    timed.into_iter().map(|(_, row)| row).collect()
}
