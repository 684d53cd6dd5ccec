//! Many candidates as a table whose rows are taken as they are read: all at once they would be more than memory has room for.

use std::sync::Arc;

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::error::ArrowError;
use datafusion::catalog::streaming::StreamingTable;
use datafusion::common::Result;
use datafusion::error::DataFusionError;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::streaming::PartitionStream;

use super::chunk::Chunk;
use super::rows::Rows;
use crate::memory::joined;
use crate::types;

/// Rows of a chunk, of these columns.
#[derive(Debug, Clone)]
pub(super) struct Taken {
    pub(super) chunk: Arc<Chunk>,
    pub(super) columns: Vec<usize>,
    pub(super) rows: Rows,
}

impl Taken {
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The schema that its batch has.
    pub(super) fn schema(&self) -> Result<SchemaRef, ArrowError> {
        Ok(Arc::new(self.chunk.schema().project(&self.columns)?))
    }

    pub(super) fn batch(&self) -> Result<RecordBatch, ArrowError> {
        let rows = (self.rows.len() < self.chunk.rows()).then(|| self.rows.numbers());
        self.chunk.select(&self.columns, rows.as_ref())
    }
}

/// A table that takes a batch of rows at a time.
pub(super) fn table(parts: Vec<Taken>) -> Result<StreamingTable> {
    let schemas: Vec<SchemaRef> = parts.iter().map(Taken::schema).collect::<Result<_, _>>()?;
    let schema = types::merge(schemas.iter().map(AsRef::as_ref));
    let batches: Arc<[Vec<Taken>]> = together(parts).into();
    StreamingTable::try_new(Arc::clone(&schema), vec![Arc::new(Stream { schema, batches })])
}

/// Parts that make one batch: searches pay per batch as well as per row.
fn together(parts: Vec<Taken>) -> Vec<Vec<Taken>> {
    const ROWS_A_BATCH: usize = 4 * 1024;
    let mut batches: Vec<Vec<Taken>> = Vec::new();
    let mut rows = ROWS_A_BATCH;
    for part in parts {
        if rows >= ROWS_A_BATCH {
            batches.push(Vec::new());
            rows = 0;
        }
        rows += part.len();
        batches.last_mut().into_iter().for_each(|batch| batch.push(part.clone()));
    }
    batches
}

#[derive(Debug)]
struct Stream {
    schema: SchemaRef,
    batches: Arc<[Vec<Taken>]>,
}

impl PartitionStream for Stream {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, _: Arc<TaskContext>) -> SendableRecordBatchStream {
        let (schema, batches) = (Arc::clone(&self.schema), Arc::clone(&self.batches));
        let numbers = 0..batches.len();
        let made = numbers.filter_map(move |number| Some(made(batches.get(number)?, &schema)));
        Box::pin(RecordBatchStreamAdapter::new(Arc::clone(&self.schema), futures::stream::iter(made)))
    }
}

fn made(parts: &[Taken], schema: &SchemaRef) -> Result<RecordBatch> {
    let taken: Result<Vec<RecordBatch>, ArrowError> = parts.iter().map(Taken::batch).collect();
    taken.and_then(|taken| joined(&taken, schema)).map_err(DataFusionError::from)
}
