//! Which values of the split field become columns, and what they are called.
//!
//! Source: "chart" and "timechart", limit: of one aggregate a value's score is the sum of its cells, of several it is how often
//! it occurs; of equal scores the lexicographically smaller name goes first. Columns are sorted by name, with `OTHER` and
//! `NULL` last (our reading).

use std::cmp::Ordering;
use std::collections::BTreeSet;

use datafusion::common::{Result, plan_datafusion_err};
use plan::{SeriesFilter, SeriesTest, SplitBy};

use super::pivot::{Entry, Pivot};
use crate::aggregate::{self, Finished};
use crate::column::Item;
use crate::convert::number_of;
use crate::states::Aggregates;

/// The columns of a chart.
#[derive(Debug)]
pub(super) struct Series {
    /// The column of each value; none where it is left out.
    columns: Vec<Option<usize>>,
    labels: Vec<String>,
}

impl Series {
    /// One column an aggregate.
    pub(super) fn only(pivot: &Pivot) -> Self {
        // Without a row there is no series yet, but the columns are there.
        Self { columns: vec![Some(0); pivot.series().len()], labels: vec![String::new()] }
    }

    /// The columns that the options leave.
    pub(super) fn choose(pivot: &Pivot, aggregates: &Aggregates, split: &SplitBy) -> Result<Self> {
        let kept = kept(pivot, aggregates, split)?;
        let mut labels: Vec<String> = kept.iter().cloned().collect();
        let mut last = |label: &str| {
            labels.iter().position(|known| known == label).unwrap_or_else(|| {
                labels.push(label.to_owned());
                labels.len() - 1
            })
        };
        let named = pivot.series().iter().flatten();
        let other = (split.useother && named.clone().any(|name| !kept.contains(name))).then(|| last(&split.otherstr));
        let null = (split.usenull && pivot.series().contains(&None)).then(|| last(&split.nullstr));
        let column = |name: &Option<String>| match name {
            None => null,
            Some(name) if kept.contains(name) => labels.iter().position(|label| label == name),
            Some(_) => other,
        };
        Ok(Self { columns: pivot.series().iter().map(column).collect(), labels })
    }

    /// The column that an entry counts in.
    pub(super) fn column_of(&self, entry: &Entry) -> Option<usize> {
        self.columns.get(entry.series).copied().flatten()
    }

    /// What stands for each column.
    pub(super) fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The name of a column: the aggregate's, the value's, or both.
    pub(super) fn name(&self, aggregates: usize, aggregate: &str, label: &str, split: Option<&SplitBy>) -> String {
        match split {
            None => aggregate.to_owned(),
            Some(_) if aggregates == 1 => label.to_owned(),
            Some(split) => split.format.replace("$AGG$", aggregate).replace("$VAL$", label),
        }
    }
}

/// The values that get a column of their own.
fn kept(pivot: &Pivot, aggregates: &Aggregates, split: &SplitBy) -> Result<BTreeSet<String>> {
    let named = pivot.series().iter().enumerate().filter_map(|(at, name)| Some((at, name.as_ref()?)));
    let all: Vec<(usize, &String)> = named.collect();
    let limit = usize::try_from(split.limit).unwrap_or(usize::MAX);
    let names = |chosen: Vec<&String>| chosen.into_iter().cloned().collect();
    if let Some(filter) = &split.filter {
        let cells = column_cells(pivot, aggregates);
        return Ok(names(filtered(filter, &all, &cells)?));
    }
    if limit == 0 || all.len() <= limit {
        return Ok(names(all.into_iter().map(|(_, name)| name).collect()));
    }
    let scores = if aggregates.len() == 1 {
        let sums = column_cells(pivot, aggregates).into_iter().map(|cells| cells.iter().filter_map(number).sum());
        sums.collect()
    } else {
        #[expect(clippy::cast_precision_loss, reason = "a number of rows in memory")]
        let frequencies = pivot.frequencies().into_iter().map(|count| count as f64);
        frequencies.collect::<Vec<f64>>()
    };
    Ok(names(ranked(&all, &scores, split.bottom, limit)))
}

/// The results of the first aggregate in each series, row by row.
fn column_cells(pivot: &Pivot, aggregates: &Aggregates) -> Vec<Vec<Finished>> {
    let cells = pivot.cells(aggregates, |entry| Some(entry.series));
    let rows = pivot.sorted();
    let of_series = |series: usize| {
        let states = rows.iter().filter_map(|(_, key)| cells.get(&(*key, series))?.first());
        states.map(|state| state.finish()).collect()
    };
    (0..pivot.series().len()).map(of_series).collect()
}

fn number(result: &Finished) -> Option<f64> {
    match result {
        Finished::Number(number) => Some(*number),
        Finished::Text(text) => number_of(text),
        Finished::Multi(values) => values.iter().filter_map(|value| number_of(value)).reduce(|sum, value| sum + value),
        Finished::Null => None,
    }
}

/// The names with the largest scores, or the smallest.
fn ranked<'n>(all: &[(usize, &'n String)], scores: &[f64], bottom: bool, count: usize) -> Vec<&'n String> {
    let score = |at: usize| scores.get(at).copied().unwrap_or_default();
    let mut sorted = all.to_vec();
    sorted.sort_by(|(left, left_name), (right, right_name)| {
        let order = score(*left).total_cmp(&score(*right));
        let order = if bottom { order } else { order.reverse() };
        order.then_with(|| left_name.cmp(right_name))
    });
    sorted.into_iter().take(count).map(|(_, name)| name).collect()
}

fn filtered<'n>(
    filter: &SeriesFilter,
    all: &[(usize, &'n String)],
    cells: &[Vec<Finished>],
) -> Result<Vec<&'n String>> {
    let function = aggregate::find(&filter.function)
        .ok_or_else(|| plan_datafusion_err!("unknown aggregate `{}`", filter.function))?;
    let value = |results: &Vec<Finished>| {
        let mut state = aggregate::state(function, filter.parameter.unwrap_or_default(), false);
        for result in results {
            match result {
                Finished::Null => (),
                Finished::Number(number) => state.update(&Item::Number(*number), None),
                Finished::Text(text) => state.update(&Item::Text(text.into()), None),
                Finished::Multi(values) => {
                    state.update(&Item::Multi(values.iter().map(String::as_str).collect()), None);
                }
            }
        }
        number(&state.finish())
    };
    let values: Vec<Option<f64>> = cells.iter().map(value).collect();
    let value = |at: usize| values.get(at).copied().flatten();
    let holds = |test: fn(Ordering) -> bool, limit: f64| {
        let kept = all.iter().filter(|(at, _)| value(*at).is_some_and(|value| test(value.total_cmp(&limit))));
        kept.map(|(_, name)| *name).collect()
    };
    Ok(match filter.test {
        SeriesTest::Above(limit) => holds(Ordering::is_gt, limit),
        SeriesTest::Below(limit) => holds(Ordering::is_lt, limit),
        SeriesTest::Rank { count, bottom, negated } => {
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            let missing = if bottom { f64::INFINITY } else { f64::NEG_INFINITY };
            let scores: Vec<f64> = values.iter().map(|value| value.unwrap_or(missing)).collect();
            let chosen = ranked(all, &scores, bottom, count);
            all.iter().map(|(_, name)| *name).filter(|name| chosen.contains(name) != negated).collect()
        }
    })
}
