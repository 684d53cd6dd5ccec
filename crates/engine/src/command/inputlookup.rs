//! `inputlookup`: the rows of a lookup.
//!
//! Source: Search Reference, "inputlookup". `start` and `max` count the rows of the table, before `where` (our reading of
//! "events to be read from the file"). An empty cell is no value. A column `_time` of epoch seconds is a time.

use datafusion::common::Result;
use plan::Inputlookup;

use crate::column::{Input, Kind, Output};
use crate::env::Env;
use crate::frame::Frame;
use crate::lookup::{LookupError, LookupKind, LookupTable};
use crate::table::{Table, as_kind};
use crate::{EngineError, scan, subsearch};

/// The rows, to be put behind those there are.
pub(crate) async fn rows(env: &Env<'_>, op: &Inputlookup) -> Result<Result<Frame>, EngineError> {
    let found = env.stores.lookups.get(&op.name)?;
    let lookup = found.ok_or_else(|| LookupError::Unknown { name: op.name.clone() })?;
    if matches!(lookup.definition.kind, LookupKind::Computed(_)) {
        return Err(LookupError::NoRows { name: op.name.clone() }.into());
    }
    let filter = match &op.filter {
        Some(filter) => Some(subsearch::resolve(env, filter, None).await?),
        None => None,
    };
    let read = table(&lookup.table, op).and_then(Table::into_frame);
    Ok(read.and_then(|frame| match &filter {
        Some(filter) => scan::filter(frame, filter),
        None => Ok(frame),
    }))
}

fn table(rows: &LookupTable, op: &Inputlookup) -> Result<Table> {
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let start = count(op.start).min(rows.len());
    let end = start.saturating_add(op.max.map_or(usize::MAX, count)).min(rows.len());
    let mut table = Table::empty(end - start);
    for (column, name) in rows.columns().enumerate() {
        let kind = if rows.is_multi(column) { Kind::Multi } else { Kind::Text };
        let mut output = Output::new(kind, end - start);
        for row in start..end {
            let values: Vec<&str> = rows.value(row, column).values().collect();
            output.push_values(&values);
        }
        let array = output.finish();
        let input = Input::new(&array, false)?;
        if name == "_time" && (0..end - start).all(|row| input.values(row).is_empty() || input.number(row).is_some()) {
            table.set(name, Kind::Time, as_kind(&input, end - start, Kind::Time)?);
        } else {
            table.set(name, kind, array);
        }
    }
    Ok(table)
}
