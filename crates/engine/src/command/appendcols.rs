//! `appendcols`: the columns of another search beside these, first row beside first row.

use datafusion::common::Result;
use plan::Plan;

use crate::env::Env;
use crate::frame::Frame;
use crate::table::Table;
use crate::{EngineError, compile};

pub(super) async fn apply(
    env: &Env<'_>,
    frame: Frame,
    right: &Plan,
    overwrite: bool,
) -> Result<Result<Frame>, EngineError> {
    let left = env.collect(frame).await?;
    let right = compile::collect(env, right).await?;
    Ok(beside(&left, &right, overwrite).and_then(Table::into_frame))
}

fn beside(left: &Table, right: &Table, overwrite: bool) -> Result<Table> {
    let rows = left.len().max(right.len());
    let numbers = |table: &Table| (0..rows).map(|row| (row < table.len()).then_some(row)).collect::<Vec<_>>();
    super::join::combine(&left.take(&numbers(left))?, &right.take(&numbers(right))?, overwrite, &|name| {
        name.starts_with('_')
    })
}
