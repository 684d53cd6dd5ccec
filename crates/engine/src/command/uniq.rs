//! `uniq`: rows that are equal in every field to the row before are dropped.

use datafusion::common::Result;

use crate::column::Input;
use crate::table::Table;

pub(super) fn apply(table: &Table) -> Result<Table> {
    let inputs = table.inputs()?;
    let kept = (0..table.len()).filter(|row| row.checked_sub(1).is_none_or(|before| !equal(&inputs, before, *row)));
    table.take(&kept.map(Some).collect::<Vec<_>>())
}

/// Are two rows equal in these fields?
pub(super) fn equal(inputs: &[Input], left: usize, right: usize) -> bool {
    inputs.iter().all(|input| input.values(left) == input.values(right))
}
