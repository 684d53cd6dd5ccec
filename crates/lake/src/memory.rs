//! Tables in memory, for searches over files.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use datafusion::arrow::array::{Array, ArrayRef, RecordBatch, RecordBatchOptions, new_null_array};
use datafusion::arrow::compute::{cast, concat};
use datafusion::arrow::datatypes::{DataType, SchemaRef};
use datafusion::arrow::error::ArrowError;
use datafusion::datasource::{MemTable, TableProvider};
use event::Columns;
use normalize::TableId;

use crate::{LakeError, Tables, record_batch, types};

/// Batches smaller than these limits are put together: searches pay per batch as well as per row.
const ROWS_A_BATCH: usize = 64 * 1024;
const BYTES_A_BATCH: usize = 64 * 1024 * 1024;
/// A batch of so many rows is worth no copy.
const ENOUGH_ROWS: usize = 4 * 1024;

/// Rows of many batches by table. A table's schema is the union of its batches' schemas.
#[derive(Debug, Default)]
pub struct MemoryTables {
    batches: BTreeMap<TableId, Vec<RecordBatch>>,
    /// Made when first asked for; emptied when rows are added.
    providers: Mutex<BTreeMap<TableId, Arc<dyn TableProvider>>>,
}

impl MemoryTables {
    /// Add rows. The order of rows in a table is the order they are added in.
    pub fn add(&mut self, tables: BTreeMap<TableId, Columns>) -> Result<(), LakeError> {
        for (id, columns) in tables {
            if columns.rows > 0 {
                let batch = record_batch(columns)?;
                self.batches.entry(id).or_default().push(batch);
            }
        }
        self.providers.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
        Ok(())
    }

    /// Number of rows by table.
    pub fn rows(&self) -> BTreeMap<TableId, usize> {
        let rows = |batches: &Vec<RecordBatch>| batches.iter().map(RecordBatch::num_rows).sum();
        self.batches.iter().map(|(id, batches)| (id.clone(), rows(batches))).collect()
    }

    fn provider(&self, id: &TableId) -> Result<Option<Arc<dyn TableProvider>>, LakeError> {
        let Some(batches) = self.batches.get(id) else { return Ok(None) };
        // The lock is held while a table is made, so that it is made once.
        let mut providers = self.providers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(provider) = providers.get(id) {
            return Ok(Some(Arc::clone(provider)));
        }
        let provider: Arc<dyn TableProvider> = Arc::new(mem_table(id, batches)?);
        providers.insert(id.clone(), Arc::clone(&provider));
        Ok(Some(provider))
    }
}

#[async_trait]
impl Tables for MemoryTables {
    fn in_memory(&self) -> bool {
        true
    }

    async fn table(&self, id: &TableId) -> Result<Option<Arc<dyn TableProvider>>, LakeError> {
        self.provider(id)
    }

    async fn sourcetypes(&self) -> Result<Vec<String>, LakeError> {
        let names = self.batches.keys().filter_map(|id| match id {
            TableId::Events(sourcetype) => Some(sourcetype.clone()),
            TableId::Dataset(_) | TableId::Metrics => None,
        });
        Ok(names.collect())
    }
}

pub(crate) fn mem_table(id: &TableId, batches: &[RecordBatch]) -> Result<MemTable, LakeError> {
    let schema = union_of(batches);
    let merged = put_together(batches, &schema).map_err(|source| LakeError::Merge { table: id.to_string(), source })?;
    MemTable::try_new(schema, vec![merged])
        .map_err(|source| LakeError::Provider { table: id.to_string(), source: Box::new(source) })
}

/// The union of the columns of batches.
pub(crate) fn union_of(batches: &[RecordBatch]) -> SchemaRef {
    let schemas: Vec<SchemaRef> = batches.iter().map(RecordBatch::schema).collect();
    types::merge(schemas.iter().map(AsRef::as_ref))
}

/// Parts of a column, with the row that each begins at.
pub(crate) type Parts<'b> = Vec<(usize, &'b ArrayRef)>;

/// By field, the columns of batches that stand one behind the other, and the number of rows of all.
pub(crate) fn by_field<'b>(batches: &'b [RecordBatch], schema: &SchemaRef) -> (Vec<Parts<'b>>, usize) {
    // Looking each field up in each batch would cost more than copying.
    let mut columns: Vec<Parts<'_>> = vec![Vec::new(); schema.fields().len()];
    let places: HashMap<&str, usize> = schema.fields().iter().map(|field| field.name().as_str()).zip(0..).collect();
    let mut rows = 0;
    for batch in batches {
        for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()) {
            if let Some(columns) = places.get(field.name().as_str()).and_then(|place| columns.get_mut(*place)) {
                columns.push((rows, column));
            }
        }
        rows += batch.num_rows();
    }
    (columns, rows)
}

/// Batches as one of the schema: absent columns null, single values as lists where it has lists.
pub(crate) fn joined(batches: &[RecordBatch], schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
    let (columns, rows) = by_field(batches, schema);
    let columns: Result<Vec<ArrayRef>, ArrowError> =
        schema.fields().iter().zip(columns).map(|(field, parts)| one_column(field.data_type(), &parts, rows)).collect();
    RecordBatch::try_new_with_options(
        Arc::clone(schema),
        columns?,
        &RecordBatchOptions::new().with_row_count(Some(rows)),
    )
}

/// A column of parts that begin at given rows; null between them.
pub(crate) fn one_column(kind: &DataType, parts: &[(usize, &ArrayRef)], rows: usize) -> Result<ArrayRef, ArrowError> {
    let mut pieces: Vec<ArrayRef> = Vec::with_capacity(parts.len());
    let mut filled = 0;
    for (start, part) in parts {
        if *start > filled {
            pieces.push(new_null_array(kind, start - filled));
        }
        pieces.push(as_kind(part, kind)?);
        filled = start + part.len();
    }
    if filled < rows {
        pieces.push(new_null_array(kind, rows - filled));
    }
    match pieces.as_slice() {
        [] => return Ok(new_null_array(kind, 0)),
        [piece] => return Ok(Arc::clone(piece)),
        _ => {}
    }
    let pieces: Vec<&dyn Array> = pieces.iter().map(AsRef::as_ref).collect();
    concat(&pieces)
}

/// A column of the kind; single values as lists where lists are wanted.
pub(crate) fn as_kind(column: &ArrayRef, kind: &DataType) -> Result<ArrayRef, ArrowError> {
    match column.data_type() {
        known if known == kind => Ok(Arc::clone(column)),
        DataType::Dictionary(_, values) if **values == *kind => cast(column, kind),
        _ => cast(&null_lists(column)?, kind),
    }
}

/// Batches of one schema, each as large as the limits allow.
fn put_together(batches: &[RecordBatch], schema: &SchemaRef) -> Result<Vec<RecordBatch>, ArrowError> {
    let mut merged = Vec::new();
    let mut open: Vec<RecordBatch> = Vec::new();
    let (mut rows, mut bytes) = (0, 0);
    for batch in batches {
        let size = batch.get_array_memory_size();
        if batch.num_rows() >= ENOUGH_ROWS {
            close(&mut merged, &mut open, schema)?;
            (rows, bytes) = (0, 0);
        }
        if rows >= ENOUGH_ROWS || rows + batch.num_rows() > ROWS_A_BATCH || bytes + size > BYTES_A_BATCH {
            close(&mut merged, &mut open, schema)?;
            (rows, bytes) = (0, 0);
        }
        (rows, bytes) = (rows + batch.num_rows(), bytes + size);
        open.push(batch.clone());
    }
    close(&mut merged, &mut open, schema)?;
    Ok(merged)
}

fn close(merged: &mut Vec<RecordBatch>, open: &mut Vec<RecordBatch>, schema: &SchemaRef) -> Result<(), ArrowError> {
    if !open.is_empty() {
        merged.push(joined(open, schema)?);
        open.clear();
    }
    Ok(())
}

/// A scalar becomes a list of one when cast, and null a list holding null: give such lists back as null.
fn null_lists(column: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    use datafusion::arrow::array::{ListArray, StringArray};
    use datafusion::arrow::buffer::OffsetBuffer;
    let text = cast(column, &types::TEXT)?;
    let Some(text) = text.as_any().downcast_ref::<StringArray>() else { return Ok(Arc::clone(column)) };
    let lengths = text.iter().map(|value| usize::from(value.is_some()));
    let offsets = OffsetBuffer::from_lengths(lengths);
    let values: StringArray = text.iter().flatten().map(Some).collect();
    let element = Arc::new(datafusion::arrow::datatypes::Field::new("element", types::TEXT, true));
    Ok(Arc::new(ListArray::try_new(element, offsets, Arc::new(values), text.nulls().cloned())?))
}

#[cfg(test)]
mod tests;
