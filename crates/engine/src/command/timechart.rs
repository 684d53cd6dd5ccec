//! `timechart`: a row for each span of time, a column for each value of a field. Spans without events are rows too.
//!
//! Source: "timechart". Where the search has a time range, rows cover it (`fixedrange=true`); an open end is that of the events.
//! "All time" begins at 0 (`earliest=0`), which is an open end too: nobody means a row for each hour since 1970 (our reading).
//! Without events there are rows only where no field splits the columns (our reading).

use datafusion::common::Result;
use plan::Timechart;

use super::chart::{Key, Output, Pivot, Splitter, finish};
use crate::buckets::{Bucket, Bucketing, needs_range, range_of};
use crate::convert::seconds;
use crate::env::Env;
use crate::states::Aggregates;
use crate::table::Table;

const TIME: &str = "_time";

pub(super) fn apply(table: &Table, env: &Env<'_>, chart: &Timechart) -> Result<Table> {
    let keys: Vec<String> =
        std::iter::once(TIME).chain(chart.split.iter().map(|split| split.field.as_str())).map(str::to_owned).collect();
    let aggregates = Aggregates::new(env, table, &chart.aggregations, &keys)?;
    let split = Splitter::new(table, env, chart.split.as_ref(), chart.dedup_split_values)?;
    let times = table.input(TIME)?;
    let seen = times.as_ref().and_then(|times| range_of(times, table.len()));
    let range = covered(env, seen, chart.fixed_range);
    let range_for_span = if needs_range(&chart.buckets) { range } else { None };
    let bucketing = Bucketing::new(&chart.buckets, true, range_for_span, &env.context, &env.covered)?;
    let mut pivot = Pivot::default();
    for row in 0..table.len() {
        let bucket = times.as_ref().and_then(|times| bucketing.place(times.number(row)?));
        if let Some(bucket) = bucket {
            pivot.add(row, Key::Bucket(bucket), &split.names(row));
        }
    }
    if let Some((first, last)) = range.filter(|_| chart.continuous && (seen.is_some() || chart.split.is_none())) {
        bucketing.between(first, last)?.into_iter().for_each(|bucket| pivot.row(Key::Bucket(bucket)));
    }
    if !chart.partial {
        pivot.keep(|key| is_whole(key, &bucketing, env));
    }
    finish(pivot, &aggregates, Output { over: Some(TIME), split: chart.split.as_ref(), bucketing: Some(&bucketing) })
}

/// The first and the last second that rows cover.
pub(super) fn covered(env: &Env<'_>, seen: Option<(f64, f64)>, fixed: bool) -> Option<(f64, f64)> {
    if !fixed {
        return seen;
    }
    // The window ends before its latest time.
    let earliest = env.covered.earliest.filter(|earliest| *earliest > 0).map(seconds);
    let latest = env.covered.latest.map(|latest| seconds(latest - 1));
    let first = [earliest, seen.map(|(first, _)| first)].into_iter().flatten().reduce(f64::min)?;
    let last = [latest, seen.map(|(_, last)| last)].into_iter().flatten().reduce(f64::max)?;
    Some((first, last))
}

/// Does the search's time range cover the whole span?
fn is_whole(key: &Key, bucketing: &Bucketing, env: &Env<'_>) -> bool {
    let Key::Bucket(Bucket::Time(start)) = key else { return true };
    let begins = env.covered.earliest.is_none_or(|earliest| earliest <= *start);
    let ends = env.covered.latest.is_none_or(|latest| bucketing.end_of(*start).is_none_or(|end| end <= latest));
    begins && ends
}
