//! `tstats`: aggregates over a dataset. A row that lacks a by-field is dropped unless `fillnull_value` gives one; the
//! fill reaches no condition (manual: "tstats").

use std::collections::BTreeSet;

use datafusion::common::Result;
use datafusion::logical_expr::{lit, when};
use plan::{AggregateOver, GroupBy, Predicate, Tstats};

use crate::column::Kind;
use crate::frame::Frame;
use crate::function::SearchContext;
use crate::{group, order, scan};

/// `by _time` without a span: the manual leaves the span to Splunk; a second is what its events have at least.
const DEFAULT_SPAN: &str = "1s";

/// The fields that it reads.
pub(crate) fn fields(tstats: &Tstats, filter: Option<&Predicate>) -> BTreeSet<String> {
    let mut fields: BTreeSet<String> = tstats.by.iter().filter_map(|by| by.field.clone()).collect();
    fields.extend(tstats.aggregations.iter().filter_map(|aggregation| match &aggregation.over {
        AggregateOver::Field(field) | AggregateOver::Wildcard(field) => Some(field.clone()),
        AggregateOver::Rows | AggregateOver::Eval(_) | AggregateOver::Missing => None,
    }));
    if let Some(filter) = filter {
        read_by(filter, &mut fields);
    }
    fields
}

/// Add the fields that a predicate reads.
pub(super) fn read_by(predicate: &Predicate, fields: &mut BTreeSet<String>) {
    match predicate {
        Predicate::True | Predicate::False => (),
        Predicate::And(terms) | Predicate::Or(terms) => terms.iter().for_each(|term| read_by(term, fields)),
        Predicate::Not(term) => read_by(term, fields),
        Predicate::Compare { field, .. } | Predicate::In { field, .. } => {
            fields.insert(field.clone());
        }
        Predicate::Subsearch(_) => (),
        Predicate::Keyword(_) | Predicate::Term(_) | Predicate::Case(_) => {
            fields.insert("_raw".to_owned());
        }
    }
}

/// Aggregate the rows of the dataset.
pub(crate) fn apply(
    rows: Frame,
    context: &SearchContext,
    tstats: &Tstats,
    filter: Option<&Predicate>,
) -> Result<Frame> {
    let rows = match filter {
        Some(filter) => scan::filter(rows, filter)?,
        None => rows,
    };
    let keys: Vec<String> = tstats.by.iter().map(|by| by.output.clone()).collect();
    let (planned, inputs) = group::plan_all(&rows, context, &tstats.aggregations, &keys)?;
    let mut columns = Vec::new();
    for by in &tstats.by {
        let field = by.field.as_deref().unwrap_or_default();
        let kind = rows.kind(field).unwrap_or(Kind::Null);
        let column = rows.column(field);
        let column = if kind == Kind::Time {
            group::bucket(column, by.bucket.as_deref().unwrap_or(DEFAULT_SPAN), context)?
        } else {
            column
        };
        columns.push((by.output.clone(), column, kind));
    }
    columns.extend(inputs);
    let mut rows = rows.project(columns)?;
    if planned.iter().any(group::Planned::is_ordered) {
        rows = order::numbered(rows)?;
    }
    for by in &tstats.by {
        rows = group::one_row_a_value(rows, &by.output)?;
    }
    let rows = fill_or_drop(rows, &tstats.by, tstats.fillnull_value.as_deref())?;
    group::grouped(rows, &keys, &planned)
}

/// Rows that lack a by-field are dropped, or get `fill` there.
pub(super) fn fill_or_drop(rows: Frame, by: &[GroupBy], fill: Option<&str>) -> Result<Frame> {
    let mut columns = rows.all();
    let mut dropped = None;
    for (name, expr, kind) in columns.iter_mut().filter(|(name, ..)| by.iter().any(|by| by.output == *name)) {
        let column = rows.column(name);
        match fill {
            Some(fill) if *kind == Kind::Text => *expr = when(column.clone().is_null(), lit(fill)).otherwise(column)?,
            Some(_) => (),
            None => {
                let present = column.is_not_null();
                dropped = Some(match dropped {
                    None => present,
                    Some(before) => datafusion::logical_expr::Expr::and(before, present),
                });
            }
        }
    }
    match dropped {
        Some(present) => rows.filter(present),
        None => rows.project(columns),
    }
}
