//! `outputlookup`: the results become rows of a lookup, and go on.
//!
//! Source: Search Reference, "outputlookup".

use std::sync::Arc;

use plan::Outputlookup;

use super::lookup::stored;
use crate::EngineError;
use crate::env::Env;
use crate::lookup::{LookupTable, LookupWrite, WriteMode};
use crate::table::Table;

/// Write the rows of a table.
pub(super) fn write(env: &Env<'_>, table: &Table, op: &Outputlookup) -> Result<(), EngineError> {
    if table.len() == 0 && !op.override_if_empty {
        return Ok(());
    }
    let inputs = table.inputs().map_err(|source| env.failed(source))?;
    let most = op.max.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
    let mut rows = LookupTable::new(table.columns().iter().map(|(name, _)| name.clone()));
    for row in 0..table.len().min(most) {
        rows.push(inputs.iter().map(|input| stored(input.item(row))));
    }
    let mode = if op.append { WriteMode::Append } else { WriteMode::Replace };
    let write =
        LookupWrite { rows: Arc::new(rows), mode, key_field: op.key_field.clone(), multivalues: op.multivalues };
    Ok(env.stores.lookups.write(&op.name, write)?)
}
