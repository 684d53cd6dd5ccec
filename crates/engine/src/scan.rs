//! Tables as frames: the columns that a search needs, its window of time, its predicate.

use std::collections::BTreeSet;
use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, SchemaRef};
use datafusion::common::{Result, ScalarValue, TableReference};
use datafusion::datasource::{TableProvider, provider_as_source};
use datafusion::logical_expr::{Expr, LogicalPlanBuilder, cast, lit};
use lake::types;
use plan::Predicate;

use crate::Window;
use crate::column::Kind;
use crate::frame::{Frame, Projected, null};
use crate::predicate::{self, Lowered};
use crate::{closure, table, wildcard};

const MICROS_A_DAY: i64 = 86_400_000_000;

/// The fields that a search reads: `None` is all; names may hold `*`.
pub(crate) type Fields<'a> = Option<&'a BTreeSet<String>>;

/// Rows of a table in a window. A table that was never stored has no row and no column.
pub(crate) fn rows(provider: Option<&Arc<dyn TableProvider>>, fields: Fields<'_>, window: &Window) -> Result<Frame> {
    let Some(provider) = provider else {
        return Ok(Frame::new(LogicalPlanBuilder::empty(false), Vec::new()));
    };
    let schema = provider.schema();
    let wanted: Vec<usize> = (0..schema.fields().len()).filter(|at| is_wanted(&schema, *at, fields)).collect();
    let stored: Vec<&str> = wanted.iter().map(|at| schema.field(*at).name().as_str()).collect();
    let mut plan = LogicalPlanBuilder::scan(
        TableReference::bare("rows"),
        provider_as_source(Arc::clone(provider)),
        Some(wanted.clone()),
    )?;
    for condition in in_window(&stored, window) {
        plan = plan.filter(condition)?;
    }
    canonical(plan, &schema, &stored)
}

fn is_wanted(schema: &SchemaRef, at: usize, fields: Fields<'_>) -> bool {
    let name = schema.field(at).name();
    if name == "_time" || name == "_date" {
        return true;
    }
    let field = types::field_of(name);
    match fields {
        None => true,
        Some(fields) => {
            fields.contains(field)
                || fields.iter().any(|pattern| pattern.contains('*') && wildcard::capture(pattern, field).is_some())
        }
    }
}

/// `earliest <= _time < latest`; and, where rows are kept by day, the days that this can be in.
fn in_window(stored: &[&str], window: &Window) -> Vec<Expr> {
    let column = |name: &str| Expr::Column(datafusion::common::Column::from_name(name));
    let time = |micros: i64| lit(ScalarValue::TimestampMicrosecond(Some(micros), Some("UTC".into())));
    let day = |micros: i64| lit(ScalarValue::Date32(i32::try_from(micros.div_euclid(MICROS_A_DAY)).ok()));
    let mut conditions = Vec::new();
    if stored.contains(&"_time") {
        conditions.extend(window.earliest.map(|earliest| column("_time").gt_eq(time(earliest))));
        conditions.extend(window.latest.map(|latest| column("_time").lt(time(latest))));
    }
    if stored.contains(&"_date") {
        conditions.extend(window.earliest.map(|earliest| column("_date").gt_eq(day(earliest))));
        conditions.extend(window.latest.map(|latest| column("_date").lt_eq(day(latest))));
    }
    conditions
}

/// The columns under their fields' names and in the types that functions know: columns of lists joined to theirs, the day left out.
fn canonical(plan: LogicalPlanBuilder, schema: &SchemaRef, stored: &[&str]) -> Result<Frame> {
    let raw = Frame::new(plan, Vec::new());
    let mut columns: Vec<Projected> = Vec::new();
    for name in stored.iter().filter(|name| **name != "_date" && !types::is_overflow(name)) {
        let data_type = schema.field_with_name(name).map_or(DataType::Null, |field| field.data_type().clone());
        let (expr, kind) = typed(name, &data_type);
        let overflow = types::overflow_name(name);
        if stored.contains(&overflow.as_str()) {
            columns.push((
                types::field_of(name).to_owned(),
                joined(expr, typed(&overflow, &types::multi()).0),
                Kind::Multi,
            ));
        } else {
            columns.push((types::field_of(name).to_owned(), expr, kind));
        }
    }
    raw.project(columns)
}

fn typed(name: &str, data_type: &DataType) -> (Expr, Kind) {
    let column = Expr::Column(datafusion::common::Column::from_name(name));
    if let Some(kind) = Kind::of(data_type) {
        return (column, kind);
    }
    match data_type {
        DataType::List(_) | DataType::LargeList(_) => (cast(column, types::multi()), Kind::Multi),
        DataType::Timestamp(..) | DataType::Date32 | DataType::Date64 => (cast(column, types::time()), Kind::Time),
        kind if kind.is_numeric() => (cast(column, DataType::Float64), Kind::Number),
        _ => (cast(column, types::TEXT), Kind::Text),
    }
}

/// One column of a text column and the lists kept beside it.
fn joined(text: Expr, lists: Expr) -> Expr {
    let text = as_kind(text, Kind::Multi);
    datafusion::logical_expr::when(lists.clone().is_not_null(), lists).otherwise(text.clone()).unwrap_or(text)
}

/// A column in another kind.
pub(crate) fn as_kind(column: Expr, kind: Kind) -> Expr {
    closure::call("as_kind", format!("{kind:?}"), kind, column, move |input, rows| table::as_kind(input, rows, kind))
}

/// Keep the rows of a frame that satisfy a predicate.
pub(crate) fn filter(frame: Frame, predicate: &Predicate) -> Result<Frame> {
    match predicate::lower(&frame, predicate)? {
        Lowered::Always(true) => Ok(frame),
        lowered => frame.filter(lowered.expr()),
    }
}

/// The rows of several frames, with the columns of all: a column that one lacks is null there.
pub(crate) fn union(frames: Vec<Frame>) -> Result<Frame> {
    let mut columns: Vec<(String, Kind)> = Vec::new();
    let mut places = std::collections::HashMap::<String, usize>::new();
    for (name, kind) in frames.iter().flat_map(Frame::columns) {
        match places.get(name).and_then(|at| columns.get_mut(*at)) {
            Some(known) if known.1 == *kind => (),
            Some(known) => known.1 = Kind::unify([known.1, *kind]),
            None => {
                places.insert(name.clone(), columns.len());
                columns.push((name.clone(), *kind));
            }
        }
    }
    let mut united: Option<LogicalPlanBuilder> = None;
    for frame in frames {
        let projected: Vec<Projected> =
            columns.iter().map(|(name, kind)| (name.clone(), conformed(&frame, name, *kind), *kind)).collect();
        let plan = frame.project(projected)?.build()?;
        united = Some(match united {
            None => LogicalPlanBuilder::from(plan),
            Some(before) => before.union(plan)?,
        });
    }
    let plan = united.unwrap_or_else(|| LogicalPlanBuilder::empty(false));
    Ok(Frame::new(plan, columns))
}

fn conformed(frame: &Frame, name: &str, kind: Kind) -> Expr {
    match frame.kind(name) {
        Some(known) if known == kind => frame.column(name),
        Some(_) => as_kind(frame.column(name), kind),
        None => ScalarValue::try_from(&kind.data_type()).map_or_else(|_| null(), lit),
    }
}
