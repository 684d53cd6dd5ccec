//! Rows that the shared scan has kept, and which scan of which search may want which of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::array::{RecordBatch, RecordBatchOptions, UInt32Array};
use datafusion::arrow::compute::take_record_batch;
use datafusion::arrow::error::ArrowError;
use datafusion::datasource::TableProvider;
use normalize::TableId;
use prefilter::{Kept, ScanId, Selection};
use text::Span;

use crate::memory::mem_table;
use crate::{LakeError, Tables, record_batch, types};

/// Kept rows by table, and by scan the rows that it may want.
#[derive(Debug, Default)]
pub struct Candidates {
    batches: BTreeMap<TableId, Vec<RecordBatch>>,
    scans: HashMap<ScanId, BTreeMap<TableId, Vec<Part>>>,
}

/// Rows of one batch.
#[derive(Debug)]
struct Part {
    batch: usize,
    rows: Selection,
}

/// Kept rows in Arrow's form.
#[derive(Debug)]
pub struct KeptBatch {
    table: TableId,
    batch: RecordBatch,
    scans: Vec<(ScanId, Selection)>,
}

impl KeptBatch {
    /// Turn rows to Arrow's form: can be done on any thread.
    ///
    /// # Errors
    /// When the rows' columns do not fit together.
    pub fn new(kept: Kept) -> Result<Self, LakeError> {
        Ok(Self { table: kept.table, batch: record_batch(kept.columns)?, scans: kept.scans })
    }
}

impl Candidates {
    /// Add rows. The order of rows in a table is the order they are added in.
    pub fn add(&mut self, kept: KeptBatch) {
        let batches = self.batches.entry(kept.table.clone()).or_default();
        let batch = batches.len();
        batches.push(kept.batch);
        for (scan, rows) in kept.scans {
            let tables = self.scans.entry(scan).or_default();
            tables.entry(kept.table.clone()).or_default().push(Part { batch, rows });
        }
    }

    /// Bytes that the rows take.
    pub fn bytes(&self) -> usize {
        self.batches.values().flatten().map(RecordBatch::get_array_memory_size).sum()
    }

    /// Rows kept, by table.
    pub fn rows(&self) -> BTreeMap<TableId, usize> {
        let rows = |batches: &Vec<RecordBatch>| batches.iter().map(RecordBatch::num_rows).sum();
        self.batches.iter().map(|(id, batches)| (id.clone(), rows(batches))).collect()
    }

    /// Number of rows that the scans of a search may want, together.
    pub fn rows_of_search(&self, search: usize) -> usize {
        self.scans.keys().filter(|scan| scan.search == search).map(|scan| self.rows_of(scan)).sum()
    }

    /// May this scan want any row?
    pub fn has_rows(&self, scan: &ScanId) -> bool {
        self.scans.contains_key(scan)
    }

    /// Number of rows that this scan may want.
    pub fn rows_of(&self, scan: &ScanId) -> usize {
        let parts = self.scans.get(scan).into_iter().flatten();
        let rows = parts.flat_map(|(table, parts)| parts.iter().map(move |part| self.part_rows(table, part)));
        rows.sum()
    }

    fn part_rows(&self, table: &TableId, part: &Part) -> usize {
        match &part.rows {
            Selection::Rows(rows) => rows.len(),
            Selection::All => self.batch(table, part).map_or(0, RecordBatch::num_rows),
        }
    }

    fn batch(&self, table: &TableId, part: &Part) -> Option<&RecordBatch> {
        self.batches.get(table)?.get(part.batch)
    }

    /// The tables as one search sees them.
    pub fn of_search(&self, search: usize) -> SearchTables<'_> {
        SearchTables { candidates: self, search, everything: false }
    }

    fn provider(
        &self,
        id: &TableId,
        parts: &[Part],
        fields: Option<&BTreeSet<String>>,
    ) -> Result<Arc<dyn TableProvider>, LakeError> {
        let failed = |source| LakeError::Merge { table: id.to_string(), source };
        let mut batches = Vec::with_capacity(parts.len());
        for part in parts {
            let Some(batch) = self.batch(id, part) else { continue };
            let narrow = narrowed(batch, fields).map_err(failed)?;
            batches.push(match &part.rows {
                Selection::All => narrow,
                Selection::Rows(rows) => {
                    take_record_batch(&narrow, &UInt32Array::from(rows.clone())).map_err(failed)?
                }
            });
        }
        Ok(Arc::new(mem_table(id, &batches)?))
    }
}

/// The columns of the fields alone, and the time: taking rows of others would be wasted.
fn narrowed(batch: &RecordBatch, fields: Option<&BTreeSet<String>>) -> Result<RecordBatch, ArrowError> {
    let Some(fields) = fields.filter(|fields| !fields.iter().any(|field| field.contains('*'))) else {
        return Ok(batch.clone());
    };
    let schema = batch.schema();
    let named = schema.fields().iter().enumerate();
    let wanted = |name: &str| name == "_time" || fields.contains(types::field_of(name));
    let kept: Vec<usize> = named.filter(|(_, field)| wanted(field.name())).map(|(at, _)| at).collect();
    if kept.is_empty() {
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        let empty = Arc::new(datafusion::arrow::datatypes::Schema::empty());
        return RecordBatch::try_new_with_options(empty, Vec::new(), &options);
    }
    batch.project(&kept)
}

/// The candidates of one search: each of its scans sees its own rows.
#[derive(Debug, Clone, Copy)]
pub struct SearchTables<'c> {
    candidates: &'c Candidates,
    search: usize,
    /// Scans of searches that were made as this one ran: they see all rows that were kept for them.
    everything: bool,
}

impl SearchTables<'_> {
    fn read(
        &self,
        id: &TableId,
        scan: ScanId,
        fields: Option<&BTreeSet<String>>,
    ) -> Result<Option<Arc<dyn TableProvider>>, LakeError> {
        let parts = self.candidates.scans.get(&scan).and_then(|tables| tables.get(id));
        parts.map(|parts| self.candidates.provider(id, parts, fields)).transpose()
    }
}

#[async_trait]
impl Tables for SearchTables<'_> {
    async fn table(&self, id: &TableId) -> Result<Option<Arc<dyn TableProvider>>, LakeError> {
        self.read(id, ScanId::everything(self.search), None)
    }

    async fn scanned(
        &self,
        id: &TableId,
        span: Span,
        fields: Option<&BTreeSet<String>>,
    ) -> Result<Option<Arc<dyn TableProvider>>, LakeError> {
        let everything = ScanId::everything(self.search);
        self.read(id, if self.everything { everything } else { ScanId { search: self.search, span } }, fields)
    }

    fn everything(&self) -> Option<Box<dyn Tables + '_>> {
        Some(Box::new(SearchTables { everything: true, ..*self }))
    }

    async fn sourcetypes(&self) -> Result<Vec<String>, LakeError> {
        let names = self.candidates.batches.keys().filter_map(|id| match id {
            TableId::Events(sourcetype) => Some(sourcetype.clone()),
            TableId::Dataset(_) | TableId::Metrics => None,
        });
        Ok(names.collect())
    }
}
