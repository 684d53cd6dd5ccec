//! Row numbers, for commands that need the order in which rows came and leave it so.

use datafusion::common::{Column, Result};
use datafusion::functions_window::expr_fn::row_number;
use datafusion::logical_expr::{Expr, ExprFunctionExt};

use crate::column::Kind;
use crate::frame::{Frame, Projected};

/// The name of the column of row numbers.
pub(crate) const ORDER: &str = "~order";

/// The frame with its rows numbered.
pub(crate) fn numbered(frame: Frame) -> Result<Frame> {
    let mut columns = frame.columns().to_vec();
    columns.push((ORDER.to_owned(), Kind::Number));
    frame.become_with(columns, |plan| plan.window(vec![row_number().alias(ORDER)]))
}

/// The frame without the numbers of [`numbered`].
pub(crate) fn unnumbered(frame: Frame) -> Result<Frame> {
    let columns = frame.all().into_iter().filter(|(name, ..)| name != ORDER).collect();
    frame.project(columns)
}

/// The column of row numbers.
pub(crate) fn order() -> Expr {
    Expr::Column(Column::from_name(ORDER))
}

/// The number of a row among those with the same keys, in the order of rows.
pub(crate) fn number_within(keys: Vec<Expr>) -> Result<Expr> {
    row_number().partition_by(keys).order_by(vec![order().sort(true, false)]).build()
}

/// The rows in the order of their numbers again, with these columns.
pub(crate) fn restored(frame: Frame, columns: Vec<Projected>) -> Result<Frame> {
    frame.sort(vec![order().sort(true, false)], None)?.project(columns)
}

/// Rows with equal keys side by side, each in the order of rows: what windows over keys read.
pub(crate) fn sorted_by(frame: Frame, keys: Vec<Expr>) -> Result<Frame> {
    let sorts = keys.into_iter().chain([order()]).map(|key| key.sort(true, false)).collect::<Vec<_>>();
    frame.sort(sorts, None)
}
