//! `mcatalog`: the names, dimensions and values that data points have.
//!
//! Source: Search Reference, "mcatalog". `_dims` are the names of dimensions, without those that every data point has.

use std::collections::{BTreeMap, BTreeSet};

use datafusion::common::Result;
use normalize::TableId;
use plan::Mcatalog;
use text::Span;

use crate::column::Input;
use crate::env::Env;
use crate::frame::Frame;
use crate::table::{Cell, Grid, Table};
use crate::{EngineError, metrics, scan};

/// What every data point has.
const IMPLICIT: &[&str] = &["_time", "_value", "metric_name", "host", "source", "sourcetype", "index"];

/// The rows of `mcatalog`.
pub(crate) async fn rows(env: &Env<'_>, mcatalog: &Mcatalog, span: Span) -> Result<Result<Frame>, EngineError> {
    let table = env.tables.scanned(&TableId::Metrics, span, None).await?;
    let window = env.window_of(&mcatalog.range)?;
    let points = scan::rows(table.as_ref(), None, &window).and_then(|rows| metrics::filter(rows, &mcatalog.filter));
    let points = env.collect(points.map_err(|source| env.failed(source))?).await?;
    Ok(catalogue(&points, mcatalog).and_then(Table::into_frame))
}

fn catalogue(points: &Table, mcatalog: &Mcatalog) -> Result<Table> {
    let by: Vec<Option<Input>> = mcatalog.by.iter().map(|name| points.input(name)).collect::<Result<_>>()?;
    let dimensions: Vec<(&str, Input)> = points
        .columns()
        .iter()
        .map(|(name, _)| name.as_str())
        .zip(points.inputs()?)
        .filter(|(name, _)| !IMPLICIT.contains(name))
        .collect();
    let values: Vec<Option<Input>> =
        mcatalog.values.iter().map(|(name, _)| points.input(name)).collect::<Result<_>>()?;
    let mut groups: BTreeMap<Vec<String>, Vec<BTreeSet<String>>> = BTreeMap::new();
    for row in 0..points.len() {
        let key: Option<Vec<String>> =
            by.iter().map(|input| input.as_ref()?.text(row).map(std::borrow::Cow::into_owned)).collect();
        let Some(key) = key else { continue };
        let group = groups.entry(key).or_insert_with(|| vec![BTreeSet::new(); mcatalog.values.len()]);
        for ((found, (name, _)), input) in group.iter_mut().zip(&mcatalog.values).zip(&values) {
            if name == "_dims" {
                let there = dimensions.iter().filter(|(_, input)| !input.values(row).is_empty());
                found.extend(there.map(|(name, _)| (*name).to_owned()));
            } else if let Some(input) = input {
                found.extend(input.values(row).into_iter().map(std::borrow::Cow::into_owned));
            }
        }
    }
    let mut grid = Grid::new(groups.len());
    mcatalog.by.iter().chain(mcatalog.values.iter().map(|(_, name)| name)).for_each(|name| grid.column(name));
    for (row, (key, found)) in groups.into_iter().enumerate() {
        for (name, value) in mcatalog.by.iter().zip(key) {
            grid.set(row, name, Cell::Text(value));
        }
        for ((_, name), values) in mcatalog.values.iter().zip(found) {
            grid.set(row, name, Cell::Multi(values.into_iter().collect()));
        }
    }
    grid.finish()
}
