//! What compiling a plan needs beside the plan.

use datafusion::arrow::array::{Array, ArrayRef, RecordBatch};
use datafusion::execution::SessionState;
use datafusion::execution::context::TaskContext;
use datafusion::execution::memory_pool::MemoryConsumer;
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use futures::TryStreamExt;
use lake::Tables;
use plan::TimeRange;
use std::sync::Arc;

use crate::frame::Frame;
use crate::function::SearchContext;
use crate::stores::Stores;
use crate::table::Table;
use crate::{EngineError, Window};

/// How many times the size of its columns a row has when it is handed over as values, and when it becomes one of a table.
const WEIGHT_AS_VALUES: usize = 4;
const WEIGHT_IN_TABLE: usize = 2;

/// The surroundings of one run of a search, its nested searches included.
pub(crate) struct Env<'e> {
    pub(crate) tables: &'e dyn Tables,
    pub(crate) stores: &'e Stores,
    pub(crate) context: SearchContext,
    /// The event time that the search was dispatched over.
    pub(crate) window: Window,
    /// The event time that this search covers: its own time modifiers win over the window. Nested searches have their own.
    pub(crate) covered: Window,
    pub(crate) state: &'e SessionState,
    pub(crate) memory_limit: Option<usize>,
}

/// Bytes of the rows of a batch: it may be a slice of a larger one, which is then counted slice by slice.
fn size(batch: &RecordBatch) -> usize {
    let column =
        |column: &ArrayRef| column.to_data().get_slice_memory_size().unwrap_or_else(|_| column.get_array_memory_size());
    batch.columns().iter().map(column).sum()
}

impl<'e> Env<'e> {
    /// The same over other tables.
    pub(crate) fn over<'t>(&self, tables: &'t dyn Tables) -> Env<'t>
    where
        'e: 't,
    {
        Env {
            tables,
            stores: self.stores,
            context: self.context.clone(),
            window: self.window,
            covered: self.covered,
            state: self.state,
            memory_limit: self.memory_limit,
        }
    }

    /// Run what has been planned so far and keep its rows.
    pub(crate) async fn collect(&self, frame: Frame) -> Result<Table, EngineError> {
        let columns = frame.columns().to_vec();
        let logical = frame.build().map_err(|source| self.failed(source))?;
        let physical = self.physical(&logical).await?;
        let schema = physical.schema();
        let batches = self.execute(physical, WEIGHT_IN_TABLE).await?;
        Table::new(columns, &schema, &batches).map_err(|source| self.failed(source))
    }

    /// The physical plan of a logical one.
    pub(crate) async fn physical(&self, logical: &LogicalPlan) -> Result<Arc<dyn ExecutionPlan>, EngineError> {
        self.state.create_physical_plan(logical).await.map_err(|source| self.failed(source))
    }

    /// The rows of a physical plan, which will be handed over as values.
    pub(crate) async fn results(&self, physical: Arc<dyn ExecutionPlan>) -> Result<Vec<RecordBatch>, EngineError> {
        self.execute(physical, WEIGHT_AS_VALUES).await
    }

    async fn execute(&self, physical: Arc<dyn ExecutionPlan>, weight: usize) -> Result<Vec<RecordBatch>, EngineError> {
        let task = Arc::new(TaskContext::from(self.state));
        let reservation = MemoryConsumer::new("rows").register(task.memory_pool());
        let rows = async {
            let mut rows = Vec::new();
            let mut stream = execute_stream(physical, task)?;
            while let Some(batch) = stream.try_next().await? {
                // Held until the search is done: what is not bounded here is bounded nowhere.
                reservation.try_grow(size(&batch).saturating_mul(weight))?;
                rows.push(batch);
            }
            Ok(rows)
        };
        rows.await.map_err(|source| self.failed(source))
    }

    /// The same for a search that covers the time of `range`.
    pub(crate) fn covering(&self, range: Option<&TimeRange>) -> Result<Env<'_>, EngineError> {
        let covered = range.map_or(Ok(self.window), |range| self.window_of(range))?;
        Ok(Env { covered, ..self.over(self.tables) })
    }

    /// The window with a search's own time modifiers, which win.
    pub(crate) fn window_of(&self, range: &TimeRange) -> Result<Window, EngineError> {
        let resolve = |modifier: &Option<String>, other: Option<i64>| match modifier.as_deref() {
            None => Ok(other),
            Some(written) => spl::time::resolve(written, self.context.now, &self.context.zone)
                .map(Some)
                .ok_or_else(|| EngineError::Time { modifier: written.to_owned() }),
        };
        Ok(Window {
            earliest: resolve(&range.earliest, self.window.earliest)?,
            latest: resolve(&range.latest, self.window.latest)?,
            now: self.window.now,
        })
    }

    pub(crate) fn failed(&self, source: datafusion::error::DataFusionError) -> EngineError {
        EngineError::run(source, self.memory_limit)
    }
}
