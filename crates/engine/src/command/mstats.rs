//! `mstats`: aggregates over metrics.
//!
//! Source: Search Reference, "mstats". The table of metrics has a row a measurement; it is grouped by the dimensions and the
//! metric's name, and then a group's metrics become columns of one row. A group without a measurement of a metric has no
//! value there; a row that lacks a dimension is dropped unless `fillnull_value` gives one. Without `span` rows have no
//! `_time`, whatever the manual says of `span=auto`: its examples have none, and content relies on it.

use std::collections::{BTreeSet, HashMap};

use datafusion::common::{Result, exec_datafusion_err};
use datafusion::logical_expr::Expr;
use normalize::TableId;
use plan::{AggregateOver, Aggregation, GroupBy, Mstats};
use text::Span;

use super::tstats::{fill_or_drop, read_by};
use crate::column::{Input, Kind, Output};
use crate::env::Env;
use crate::frame::{Frame, Projected};
use crate::table::{Cell, Grid, Table};
use crate::{EngineError, closure, group, metrics, scan, wildcard};

const METRIC: &str = "~metric";

/// The rows of `mstats`.
pub(crate) async fn rows(env: &Env<'_>, mstats: &Mstats, span: Span) -> Result<Result<Frame>, EngineError> {
    let fields = fields(mstats);
    let table = env.tables.scanned(&TableId::Metrics, span, Some(&fields)).await?;
    let window = env.window_of(&mstats.range)?;
    let read = scan::rows(table.as_ref(), Some(&fields), &window);
    let over_values = mstats.aggregations.iter().any(|made| made.over == AggregateOver::Rows);
    if over_values {
        return Ok(read.and_then(|rows| {
            let aggregations: Vec<Aggregation> = mstats.aggregations.iter().map(of_value).collect();
            grouped(rows, env, mstats, &aggregations, false)
        }));
    }
    let functions = functions(mstats);
    let measured = read.and_then(|rows| grouped(rows, env, mstats, &functions, true));
    let measured = env.collect(measured.map_err(|source| env.failed(source))?).await?;
    Ok(turned(&measured, mstats, &functions).and_then(Table::into_frame))
}

fn fields(mstats: &Mstats) -> BTreeSet<String> {
    let mut fields: BTreeSet<String> = mstats.by.iter().cloned().collect();
    fields.extend(["metric_name", "_value"].map(str::to_owned));
    read_by(&mstats.filter, &mut fields);
    fields
}

fn of_value(aggregation: &Aggregation) -> Aggregation {
    Aggregation { over: AggregateOver::Field("_value".to_owned()), ..aggregation.clone() }
}

/// The functions that the aggregates use, each once, over the value; the output is the function's number.
fn functions(mstats: &Mstats) -> Vec<Aggregation> {
    let mut functions: Vec<Aggregation> = Vec::new();
    for made in &mstats.aggregations {
        if !functions.iter().any(|known| known.function == made.function && known.parameter == made.parameter) {
            functions.push(Aggregation { output: format!("~{}", functions.len()), ..of_value(made) });
        }
    }
    functions
}

/// Group data points by time, dimensions and, when asked, the metric's name.
fn grouped(
    rows: Frame,
    env: &Env<'_>,
    mstats: &Mstats,
    aggregations: &[Aggregation],
    by_metric: bool,
) -> Result<Frame> {
    let rows = metrics::filter(rows, &mstats.filter)?;
    let rows = if by_metric { named(rows, mstats)? } else { rows };
    let value = numbers(rows.column("_value"));
    let rows = rows.with("_value", value, Kind::Number)?;
    let keys = keys(mstats, by_metric);
    let (planned, inputs) = group::plan_all(&rows, &env.context, aggregations, &keys)?;
    let mut columns: Vec<Projected> = Vec::new();
    if let Some(span) = &mstats.span {
        columns.push(("_time".to_owned(), group::bucket(rows.column("_time"), span, &env.context)?, Kind::Time));
    }
    for name in &mstats.by {
        columns.push((name.clone(), rows.column(name), rows.kind(name).unwrap_or(Kind::Null)));
    }
    if by_metric {
        columns.push((METRIC.to_owned(), rows.column("metric_name"), rows.kind("metric_name").unwrap_or(Kind::Null)));
    }
    columns.extend(inputs);
    let mut rows = rows.project(columns)?;
    for name in &mstats.by {
        rows = group::one_row_a_value(rows, name)?;
    }
    let by = |name: &String| GroupBy { field: Some(name.clone()), output: name.clone(), bucket: None };
    let by: Vec<GroupBy> = mstats.by.iter().map(by).collect();
    group::grouped(fill_or_drop(rows, &by, mstats.fillnull_value.as_deref())?, &keys, &planned)
}

fn keys(mstats: &Mstats, by_metric: bool) -> Vec<String> {
    let time = mstats.span.iter().map(|_| "_time".to_owned());
    time.chain(mstats.by.iter().cloned()).chain(by_metric.then(|| METRIC.to_owned())).collect()
}

/// Data points of the metrics that the aggregates name.
fn named(rows: Frame, mstats: &Mstats) -> Result<Frame> {
    let wanted: Vec<String> = mstats.aggregations.iter().filter_map(pattern).map(str::to_owned).collect();
    if rows.kind("metric_name").is_none() {
        return Ok(rows);
    }
    let matches = move |name: &str| wanted.iter().any(|pattern| wildcard::capture(pattern, name).is_some());
    let key = mstats.aggregations.iter().filter_map(pattern).collect::<Vec<_>>().join(" ");
    let condition = closure::call("metric", key, Kind::Bool, rows.column("metric_name"), move |input, rows| {
        let mut output = Output::new(Kind::Bool, rows);
        (0..rows)
            .for_each(|row| output.push(crate::column::Item::Bool(input.text(row).is_some_and(|name| matches(&name)))));
        Ok(output.finish())
    });
    rows.filter(condition)
}

/// The metric that an aggregate is over, or the pattern of their names.
fn pattern(aggregation: &Aggregation) -> Option<&str> {
    match &aggregation.over {
        AggregateOver::Field(name) | AggregateOver::Wildcard(name) => Some(name),
        _ => None,
    }
}

fn numbers(column: Expr) -> Expr {
    closure::call("number", String::new(), Kind::Number, column, |input, rows| {
        let mut output = Output::new(Kind::Number, rows);
        (0..rows).for_each(|row| output.push(input.item(row)));
        Ok(output.finish())
    })
}

/// One row for each group: the metrics of a group, which stand below each other, become columns.
fn turned(measured: &Table, mstats: &Mstats, functions: &[Aggregation]) -> Result<Table> {
    let keys = keys(mstats, false);
    let inputs: Vec<Option<Input>> = keys.iter().map(|key| measured.input(key)).collect::<Result<_>>()?;
    let metrics = measured.input(METRIC)?;
    let text = |input: &Option<Input>, row: usize| {
        input.as_ref().and_then(|input| input.text(row)).unwrap_or_default().into_owned()
    };
    let mut starts: Vec<usize> = Vec::new();
    let mut group_of: Vec<usize> = Vec::new();
    let mut last: Option<Vec<String>> = None;
    let mut names = BTreeSet::new();
    for row in 0..measured.len() {
        let key: Vec<String> = inputs.iter().map(|input| text(input, row)).collect();
        if last.as_ref() != Some(&key) {
            starts.push(row);
            last = Some(key);
        }
        group_of.push(starts.len() - 1);
        names.insert(text(&metrics, row));
    }
    let columns = columns(mstats, functions, &names)?;
    let mut grid = Grid::new(starts.len());
    for (key, input) in keys.iter().zip(&inputs) {
        grid.column(key);
        for (group, row) in starts.iter().enumerate() {
            grid.set(group, key, key_cell(key, input, *row));
        }
    }
    let results: Vec<Option<Input>> =
        functions.iter().map(|function| measured.input(&function.output)).collect::<Result<_>>()?;
    columns.iter().for_each(|column| grid.column(&column.output));
    let mut by_metric: HashMap<&str, Vec<&Column>> = HashMap::new();
    columns.iter().for_each(|column| by_metric.entry(&column.metric).or_default().push(column));
    for (row, group) in group_of.iter().enumerate() {
        for column in by_metric.get(text(&metrics, row).as_str()).into_iter().flatten() {
            let result = results.get(column.function).and_then(Option::as_ref);
            grid.set(*group, &column.output, result.map_or(Cell::Null, |result| Cell::from(result.item(row))));
        }
    }
    grid.finish()
}

fn key_cell(key: &str, input: &Option<Input>, row: usize) -> Cell {
    let Some(input) = input else { return Cell::Null };
    match input.number(row).and_then(crate::convert::micros) {
        Some(micros) if key == "_time" => Cell::Time(micros),
        _ => Cell::from(input.item(row)),
    }
}

/// A column of the result.
struct Column {
    output: String,
    metric: String,
    function: usize,
}

/// The columns: an aggregate over a wildcard has one for each metric that matches.
fn columns(mstats: &Mstats, functions: &[Aggregation], names: &BTreeSet<String>) -> Result<Vec<Column>> {
    let mut columns: Vec<Column> = Vec::new();
    for made in &mstats.aggregations {
        let same = |known: &Aggregation| known.function == made.function && known.parameter == made.parameter;
        let function = functions.iter().position(same).unwrap_or_default();
        let found: Vec<(String, String)> = match &made.over {
            AggregateOver::Wildcard(pattern) => {
                let filled = names.iter().filter_map(|name| {
                    let output = wildcard::fill(&made.output, &wildcard::capture(pattern, name)?);
                    Some((output, name.clone()))
                });
                filled.collect()
            }
            AggregateOver::Field(name) => vec![(made.output.clone(), name.clone())],
            _ => Vec::new(),
        };
        for (output, metric) in found {
            let column = Column { output, metric, function };
            match columns.iter().find(|known| known.output == column.output) {
                Some(known) if (&known.metric, known.function) == (&column.metric, function) => {}
                Some(_) => return Err(exec_datafusion_err!("two results are called `{}`", column.output)),
                None => columns.push(column),
            }
        }
    }
    Ok(columns)
}
