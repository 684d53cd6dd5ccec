//! Expressions over the rows of a table.

use datafusion::arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions};
use datafusion::common::{DFSchema, Result};
use datafusion::execution::context::ExecutionProps;
use datafusion::logical_expr::physical_planning_context::PhysicalPlanningContext;
use datafusion::logical_expr::{Expr, LogicalPlanBuilder};
use datafusion::physical_expr::create_physical_expr;

use crate::frame::Frame;
use crate::table::Table;

/// The table's columns as expressions see them. It has no rows to run over: see [`evaluate`].
pub(crate) fn scope(table: &Table) -> Frame {
    Frame::new(LogicalPlanBuilder::empty(false), table.columns().to_vec())
}

/// The values of an expression of [`scope`], one a row.
pub(crate) fn evaluate(table: &Table, expr: &Expr) -> Result<ArrayRef> {
    let batch = batch(table)?;
    let schema = DFSchema::try_from(batch.schema())?;
    let physical = create_physical_expr(expr, &schema, &ExecutionProps::new(), &PhysicalPlanningContext::default())?;
    physical.evaluate(&batch)?.into_array(table.len())
}

fn batch(table: &Table) -> Result<RecordBatch> {
    let options = RecordBatchOptions::new().with_row_count(Some(table.len()));
    let arrays = table.columns().iter().filter_map(|(name, _)| table.array(name).cloned());
    Ok(RecordBatch::try_new_with_options(table.schema(), arrays.collect(), &options)?)
}
