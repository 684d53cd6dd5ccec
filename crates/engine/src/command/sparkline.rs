//! `stats` with sparklines: for each group the values of an aggregate over spans of the search's time.
//!
//! Source: "stats", sparkline function options. Splunk keeps a sparkline as a field of several values of which the first one is
//! `##__SPARKLINE__##`. Our reading: the spans cover the search's time range, or the events' where it is open; without a
//! span there are at most 100; a span without a result counts as 0.

use std::collections::HashMap;

use datafusion::common::Result;
use plan::{AggregateOver, Aggregation, Buckets, Sparkline, Sparklines};

use super::stats;
use super::timechart::covered;
use crate::EngineError;
use crate::aggregate::Finished;
use crate::buckets::{Bucket, Bucketing, range_of};
use crate::column::{Input, Kind, Output};
use crate::convert::number_text;
use crate::env::Env;
use crate::frame::Frame;
use crate::states::{Aggregates, States};
use crate::table::Table;

/// What tells a sparkline from other fields of several values.
const MARK: &str = "##__SPARKLINE__##";

pub(super) async fn apply(env: &Env<'_>, frame: Frame, command: &Sparklines) -> Result<Result<Frame>, EngineError> {
    let table = env.collect(frame).await?;
    let groups = match groups(&table, env, command) {
        Ok(groups) => groups,
        Err(error) => return Ok(Err(error)),
    };
    let groups = env.collect(groups).await?;
    Ok(with_lines(&table, groups, env, command).and_then(Table::into_frame))
}

/// Counts the rows where nothing else is asked for, so that there are groups.
const HELPER: &str = "~rows";

/// The results that are no sparklines, a row for each group.
fn groups(table: &Table, env: &Env<'_>, command: &Sparklines) -> Result<Frame> {
    let mut aggregations = command.aggregations.clone();
    if aggregations.is_empty() {
        let over = AggregateOver::Rows;
        aggregations.push(Aggregation {
            function: "count".to_owned(),
            parameter: None,
            over,
            output: HELPER.to_owned(),
        });
    }
    stats::apply(table.clone().into_frame()?, &env.context, &aggregations, &command.by, command.options)
}

fn with_lines(table: &Table, mut groups: Table, env: &Env<'_>, command: &Sparklines) -> Result<Table> {
    groups.remove(HELPER);
    let keys = inputs(&groups, &command.by)?;
    let keys: Vec<Vec<String>> = (0..groups.len()).map(|row| first_values(&keys, row)).collect();
    for line in &command.lines {
        let mut output = Output::new(Kind::Multi, groups.len());
        let mut points = Points::new(table, env, command, line)?;
        for key in &keys {
            output.push_values(&points.of(key));
        }
        groups.set(&line.aggregation.output, Kind::Multi, output.finish());
    }
    let others = groups.columns().iter().map(|(name, _)| name).filter(|name| !command.order.contains(name));
    let names: Vec<String> = command.order.iter().chain(others).cloned().collect();
    Ok(groups.select(&names))
}

/// The columns of the by-fields. One that does not exist leaves no group.
fn inputs(table: &Table, by: &[String]) -> Result<Vec<Input>> {
    by.iter().filter_map(|name| table.input(name).transpose()).collect()
}

fn first_values(inputs: &[Input], row: usize) -> Vec<String> {
    inputs.iter().filter_map(|input| input.values(row).into_iter().next()).map(std::borrow::Cow::into_owned).collect()
}

/// The results of one sparkline, by group and span.
struct Points {
    aggregates: Aggregates,
    spans: Vec<Bucket>,
    groups: HashMap<Vec<String>, HashMap<usize, States>>,
}

impl Points {
    fn new(table: &Table, env: &Env<'_>, command: &Sparklines, line: &Sparkline) -> Result<Self> {
        let aggregates = Aggregates::new(env, table, std::slice::from_ref(&line.aggregation), &command.by)?
            .all_numbers(command.options.all_numbers);
        let times = table.input("_time")?;
        let range = covered(env, times.as_ref().and_then(|times| range_of(times, table.len())), true);
        let buckets = Buckets { span: line.span.clone(), ..Buckets::default() };
        let bucketing = Bucketing::new(&buckets, true, range, &env.context, &env.window)?;
        let spans = match range {
            Some((first, last)) => bucketing.between(first, last)?,
            None => Vec::new(),
        };
        let mut points = Self { aggregates, spans, groups: HashMap::new() };
        let by = inputs(table, &command.by)?;
        for row in 0..table.len() {
            let time = times.as_ref().and_then(|times| times.number(row));
            let Some(span) = time.and_then(|time| bucketing.place(time)) else { continue };
            // The spans are in order.
            let at = points.spans.partition_point(|known| known.start() < span.start());
            for key in combinations(&by, row, command.options.dedup_split_values) {
                let states = points.groups.entry(key).or_default().entry(at);
                points.aggregates.update(states.or_insert_with(|| points.aggregates.start()), row);
            }
        }
        Ok(points)
    }

    /// The sparkline of a group.
    fn of(&mut self, key: &[String]) -> Vec<String> {
        let group = self.groups.remove(key).unwrap_or_default();
        let value = |at: usize| {
            let result = group.get(&at).and_then(|states| self.aggregates.finish(states).into_iter().next());
            match result {
                Some(Finished::Number(number)) => number_text(number),
                Some(Finished::Text(text)) => text,
                _ => "0".to_owned(),
            }
        };
        std::iter::once(MARK.to_owned()).chain((0..self.spans.len()).map(value)).collect()
    }
}

/// The groups that a row counts in: a combination of the values of each by-field; none where one is null.
fn combinations(by: &[Input], row: usize, distinct: bool) -> Vec<Vec<String>> {
    let mut keys = vec![Vec::new()];
    for input in by {
        let mut values: Vec<String> = Vec::new();
        for value in input.values(row) {
            if !distinct || !values.iter().any(|known| *known == value) {
                values.push(value.into_owned());
            }
        }
        let with = |key: &Vec<String>| {
            let key = key.clone();
            values.iter().map(move |value| key.iter().chain([value]).cloned().collect()).collect::<Vec<Vec<String>>>()
        };
        keys = keys.iter().flat_map(with).collect();
    }
    keys
}
