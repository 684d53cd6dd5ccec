//! `join`: rows of another search beside those that agree in the given fields.
//!
//! Source: Search Reference, "join". Values agree when they are printed the same; a row without a value for one of the
//! fields agrees with none. The left rows keep their order, and of several right rows the first ones are taken. Where both
//! sides have a field, a right value takes the place of the left one unless `overwrite=false`; an absent right value takes
//! no place (our reading).

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use datafusion::common::Result;
use datafusion::logical_expr::lit;
use plan::{Join, JoinKind};

use crate::column::{Input, Kind, Output};
use crate::env::Env;
use crate::frame::Frame;
use crate::table::Table;
use crate::{EngineError, compile};

pub(super) async fn apply(env: &Env<'_>, frame: Frame, join: &Join) -> Result<Result<Frame>, EngineError> {
    // The subsearch runs first, as in Splunk.
    let right = compile::collect(env, &join.right).await?;
    let keys = keys(frame.columns(), &right, join);
    let left = match join.kind {
        JoinKind::Inner => inner_left(env, frame, &right, &keys).await?,
        JoinKind::Left => env.collect(frame).await?,
    };
    Ok(joined(&left, &right, &keys, join).and_then(Table::into_frame))
}

/// The fields that rows must agree in: those named, else those that both sides have.
fn keys(left: &[(String, Kind)], right: &Table, join: &Join) -> Vec<String> {
    if !join.by.is_empty() {
        return join.by.clone();
    }
    let shared = left.iter().map(|(name, _)| name);
    shared.filter(|name| right.kind(name).is_some() && !name.starts_with('_')).cloned().collect()
}

/// Distinct values of a key for which the left rows are looked at.
const MOST_VALUES: usize = 4096;

/// The left rows that may agree with a right one. Those of a detection's subsearch are few, mostly none, and the left side is
/// often every process there was.
async fn inner_left(env: &Env<'_>, frame: Frame, right: &Table, keys: &[String]) -> Result<Table, EngineError> {
    let columns = frame.columns().to_vec();
    let values = keys.iter().map(|key| Ok((key, values(right, key)?))).collect::<Result<Vec<_>>>();
    let values = values.map_err(|source| env.failed(source))?;
    // A right side without a value for some key agrees with nothing.
    if values.iter().any(|(_, values)| values.as_ref().is_some_and(BTreeSet::is_empty)) {
        let logical = frame.build().map_err(|source| env.failed(source))?;
        let schema = Arc::new(logical.schema().as_arrow().clone());
        return Table::new(columns, &schema, &[]).map_err(|source| env.failed(source));
    }
    let mut frame = frame;
    for (key, values) in values {
        let Some(values) = values.filter(|_| frame.kind(key) == Some(Kind::Text)) else { continue };
        let condition = frame.column(key).in_list(values.into_iter().map(lit).collect(), false);
        frame = frame.filter(condition).map_err(|source| env.failed(source))?;
    }
    env.collect(frame).await
}

/// The distinct values of a key; `None` when there are too many to be worth it.
fn values(right: &Table, key: &str) -> Result<Option<BTreeSet<String>>> {
    let Some(input) = right.input(key)? else { return Ok(Some(BTreeSet::new())) };
    let mut values = BTreeSet::new();
    for text in (0..right.len()).filter_map(|row| input.text(row)) {
        values.insert(text.into_owned());
        if values.len() > MOST_VALUES {
            return Ok(None);
        }
    }
    Ok(Some(values))
}

fn joined(left: &Table, right: &Table, keys: &[String], join: &Join) -> Result<Table> {
    let (left_keys, right_keys) = (inputs(left, keys)?, inputs(right, keys)?);
    let mut places: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
    let most = usize::try_from(join.max).unwrap_or(usize::MAX);
    for row in 0..right.len() {
        let Some(key) = key_of(&right_keys, row) else { continue };
        let rows = places.entry(key).or_default();
        if most == 0 || rows.len() < most {
            rows.push(row);
        }
    }
    let (mut left_rows, mut right_rows) = (Vec::new(), Vec::new());
    for row in 0..left.len() {
        let found = key_of(&left_keys, row).and_then(|key| places.get(&key));
        for place in found.into_iter().flatten() {
            left_rows.push(Some(row));
            right_rows.push(Some(*place));
        }
        if found.is_none() && join.kind == JoinKind::Left {
            left_rows.push(Some(row));
            right_rows.push(None);
        }
    }
    combine(&left.take(&left_rows)?, &right.take(&right_rows)?, join.overwrite, &|name| {
        keys.iter().any(|key| key == name)
    })
}

/// The columns of the keys; none where a key is no column: then nothing agrees.
fn inputs(table: &Table, keys: &[String]) -> Result<Option<Vec<Input>>> {
    keys.iter().map(|key| table.input(key)).collect()
}

fn key_of(inputs: &Option<Vec<Input>>, row: usize) -> Option<Vec<String>> {
    let inputs = inputs.as_ref()?;
    inputs.iter().map(|input| input.text(row).map(std::borrow::Cow::into_owned)).collect()
}

/// Two tables of as many rows side by side; `skip` names right columns that are left out.
pub(super) fn combine(left: &Table, right: &Table, overwrite: bool, skip: &dyn Fn(&str) -> bool) -> Result<Table> {
    let mut combined = left.clone();
    for (name, kind) in right.columns() {
        let Some(array) = right.array(name).filter(|_| !skip(name)) else { continue };
        match (left.input(name)?, right.input(name)?) {
            (Some(known), Some(new)) => {
                let (first, second) = if overwrite { (new, known) } else { (known, new) };
                let (kind, array) = first_of(&first, &second, left.len());
                combined.set(name, kind, array);
            }
            _ => combined.set(name, *kind, Arc::clone(array)),
        }
    }
    Ok(combined)
}

/// The first column's values, where it has none the second's.
fn first_of(first: &Input, second: &Input, rows: usize) -> (Kind, datafusion::arrow::array::ArrayRef) {
    let kind = match (first.kind(), second.kind()) {
        (a, b) if a == b && a != Kind::Time => a,
        (a, b) => Kind::unify([a, b]),
    };
    let kind = if kind == Kind::Null { Kind::Text } else { kind };
    let mut output = Output::new(kind, rows);
    for row in 0..rows {
        match first.item(row) {
            crate::column::Item::Null => output.push(second.item(row)),
            item => output.push(item),
        }
    }
    (kind, output.finish())
}
