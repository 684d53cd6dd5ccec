//! `head`: the first rows, or those before a condition fails.

use datafusion::common::Result;
use datafusion::logical_expr::lit;
use spl::ast::Expr;

use crate::column::{Input, Item};
use crate::env::Env;
use crate::evaluate::{evaluate, scope};
use crate::expr;
use crate::frame::Frame;
use crate::table::Table;

pub(super) fn apply(frame: Frame, limit: u64) -> Result<Frame> {
    if limit == 0 {
        // DataFusion's top-k panics on none.
        return frame.filter(lit(false));
    }
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    frame.step(|plan| plan.limit(0, Some(limit)))
}

/// When rows end.
pub(super) struct Until<'a> {
    pub(super) limit: Option<u64>,
    pub(super) condition: &'a Expr,
    pub(super) null: bool,
    pub(super) keep_last: bool,
}

/// Rows before the first one for which the condition does not hold. Of the limit and the condition the one that ends sooner
/// counts (manual: "head"); without a number there is no limit then, which is our reading.
pub(super) fn until(table: &Table, env: &Env<'_>, until: &Until<'_>) -> Result<Table> {
    let condition = expr::truth(expr::lower(&scope(table), &env.context, until.condition)?);
    let condition = Input::new(&evaluate(table, &condition)?, false)?;
    let holds = |row: usize| match condition.item(row) {
        Item::Bool(value) => value,
        _ => until.null,
    };
    let held = (0..table.len()).take_while(|row| holds(*row)).count();
    let kept = if until.keep_last { held + 1 } else { held };
    let limit = until.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let rows: Vec<Option<usize>> = (0..kept.min(limit).min(table.len())).map(Some).collect();
    table.take(&rows)
}
