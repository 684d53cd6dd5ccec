//! Rows that the shared scan has kept, and which scan of which search may want which of them.

mod chunk;
mod rows;
mod spilled;
mod stream;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use async_trait::async_trait;
use chunk::{Chunk, Keeper};
use datafusion::arrow::array::{Array as _, ArrayRef, AsArray as _, RecordBatch};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::error::ArrowError;
use datafusion::datasource::TableProvider;
use normalize::TableId;
use prefilter::{ScanId, Selection};
use rows::Rows;
use stream::Taken;
use text::Span;

use crate::memory::mem_table;
use crate::{LakeError, Tables, record_batch, types};

/// What is held at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CandidateLimits {
    /// Bytes of kept rows that are held in memory; what is more goes to disk.
    pub bytes_held: usize,
    /// Rows of many files are put together up to here: a search pays for each batch that it takes rows of.
    pub chunk_rows: usize,
    /// The same in bytes, as searches read them.
    pub chunk_bytes: usize,
    /// Up to so many rows are taken for a search at once; more are taken as they are read.
    pub rows_at_once: usize,
}

impl Default for CandidateLimits {
    fn default() -> Self {
        Self { bytes_held: 256 << 20, chunk_rows: 16 << 10, chunk_bytes: 16 << 20, rows_at_once: 8 << 10 }
    }
}

/// Gathers [`Candidates`].
#[derive(Debug)]
pub struct CandidatesBuilder {
    tables: Vec<Kept>,
    scans: HashMap<ScanId, Vec<Part>, foldhash::fast::RandomState>,
    keeper: Keeper,
    limits: CandidateLimits,
}

impl Default for CandidatesBuilder {
    fn default() -> Self {
        Self::within(CandidateLimits::default())
    }
}

/// Kept rows by table, and by scan the rows that it may want.
#[derive(Debug, Default)]
pub struct Candidates {
    tables: Vec<Kept>,
    scans: HashMap<ScanId, Vec<Part>, foldhash::fast::RandomState>,
    rows_at_once: usize,
}

/// The rows of one table.
#[derive(Debug)]
struct Kept {
    id: TableId,
    chunks: Vec<Arc<Chunk>>,
    /// What the next chunk will be made of.
    open: Vec<RecordBatch>,
    open_rows: usize,
    open_bytes: usize,
}

/// Rows of one chunk.
#[derive(Debug)]
struct Part {
    table: usize,
    chunk: usize,
    rows: Rows,
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
    pub fn new(kept: prefilter::Kept) -> Result<Self, LakeError> {
        Ok(Self { table: kept.table, batch: record_batch(kept.columns)?, scans: kept.scans })
    }
}

impl KeptBatch {
    /// Rows that were read from a stored table, in the types that tables have.
    pub(crate) fn of_stored(table: TableId, batch: RecordBatch, scans: Vec<(ScanId, Selection)>) -> Self {
        Self { table, batch, scans }
    }
}

impl CandidatesBuilder {
    /// A builder that holds no more than this at once.
    pub fn within(limits: CandidateLimits) -> Self {
        Self { tables: Vec::new(), scans: HashMap::default(), keeper: Keeper::new(limits.bytes_held), limits }
    }

    /// Add rows. The order of rows in a table is the order they are added in.
    ///
    /// # Errors
    /// When columns of one name do not fit together.
    pub fn add(&mut self, batch: KeptBatch) -> Result<(), LakeError> {
        let KeptBatch { table: id, batch, scans } = batch;
        let table = self.tables.iter().position(|known| known.id == id).unwrap_or_else(|| {
            self.tables.push(Kept { id, chunks: Vec::new(), open: Vec::new(), open_rows: 0, open_bytes: 0 });
            self.tables.len() - 1
        });
        let Some(kept) = self.tables.get_mut(table) else { return Ok(()) };
        let (chunk, first) = (kept.chunks.len(), kept.open_rows);
        let count = batch.num_rows();
        for (scan, rows) in scans {
            let parts = self.scans.entry(scan).or_default();
            if parts.last().is_none_or(|last| (last.table, last.chunk) != (table, chunk)) {
                parts.last_mut().into_iter().for_each(|last| last.rows.close());
                parts.push(Part { table, chunk, rows: Rows::new() });
            }
            if let Some(part) = parts.last_mut() {
                part.rows.extend(rows, first, count);
            }
        }
        kept.add(batch);
        let is_full = kept.open_rows >= self.limits.chunk_rows || kept.open_bytes >= self.limits.chunk_bytes;
        if is_full { kept.close(&mut self.keeper) } else { Ok(()) }
    }

    /// All rows that were added, ready for searches.
    ///
    /// # Errors
    /// When columns of one name do not fit together.
    pub fn finish(mut self) -> Result<Candidates, LakeError> {
        let Self { tables, keeper, .. } = &mut self;
        tables.iter_mut().try_for_each(|table| table.close(keeper))?;
        self.scans.values_mut().flatten().for_each(|part| part.rows.close());
        Ok(Candidates { tables: self.tables, scans: self.scans, rows_at_once: self.limits.rows_at_once })
    }
}

impl Candidates {
    /// Bytes that the rows take in memory, and on disk.
    pub fn bytes(&self) -> (usize, usize) {
        let chunks = self.tables.iter().flat_map(|table| &table.chunks).map(|chunk| chunk.bytes());
        chunks.fold((0, 0), |(held, spilled), (more_held, more_spilled)| (held + more_held, spilled + more_spilled))
    }

    /// Rows kept, by table.
    pub fn rows(&self) -> BTreeMap<TableId, usize> {
        let rows = |table: &Kept| table.chunks.iter().map(|chunk| chunk.rows()).sum();
        self.tables.iter().map(|table| (table.id.clone(), rows(table))).collect()
    }

    /// By search with any: the number of rows that its scans may want, together.
    pub fn rows_by_search(&self) -> BTreeMap<usize, usize> {
        let mut rows = BTreeMap::new();
        for scan in self.scans.keys() {
            *rows.entry(scan.search).or_default() += self.rows_of(scan);
        }
        rows
    }

    /// May this scan want any row?
    pub fn has_rows(&self, scan: &ScanId) -> bool {
        self.scans.contains_key(scan)
    }

    /// Number of rows that this scan may want.
    pub fn rows_of(&self, scan: &ScanId) -> usize {
        self.scans.get(scan).into_iter().flatten().map(|part| part.rows.len()).sum()
    }

    /// The tables as one search sees them.
    pub fn of_search(&self, search: usize) -> SearchTables<'_> {
        SearchTables { candidates: self, search, made: false }
    }

    fn provider(
        &self,
        id: &TableId,
        parts: &[Part],
        fields: Option<&BTreeSet<String>>,
    ) -> Result<Option<Arc<dyn TableProvider>>, LakeError> {
        let taken = parts.iter().filter_map(|part| {
            let table = self.tables.get(part.table).filter(|table| table.id == *id)?;
            let chunk = Arc::clone(table.chunks.get(part.chunk)?);
            Some(Taken { columns: wanted(chunk.schema(), fields), chunk, rows: part.rows.clone() })
        });
        let taken: Vec<Taken> = taken.collect();
        let rows: usize = taken.iter().map(Taken::len).sum();
        if taken.is_empty() {
            return Ok(None);
        }
        if rows > self.rows_at_once {
            let table = stream::table(taken);
            let failed = |source| LakeError::Provider { table: id.to_string(), source: Box::new(source) };
            return Ok(Some(Arc::new(table.map_err(failed)?)));
        }
        let batches: Result<Vec<RecordBatch>, ArrowError> = taken.iter().map(Taken::batch).collect();
        let batches = batches.map_err(|source| LakeError::Merge { table: id.to_string(), source })?;
        Ok(Some(Arc::new(mem_table(id, &batches)?)))
    }
}

impl Kept {
    fn add(&mut self, batch: RecordBatch) {
        self.open_rows += batch.num_rows();
        self.open_bytes += bytes_as_read(&batch);
        self.open.push(batch);
    }

    fn close(&mut self, keeper: &mut Keeper) -> Result<(), LakeError> {
        if !self.open.is_empty() {
            let open = std::mem::take(&mut self.open);
            let chunk = keeper.keep(&open);
            let chunk = chunk.map_err(|source| LakeError::Merge { table: self.id.to_string(), source })?;
            self.chunks.push(Arc::new(chunk));
            (self.open_rows, self.open_bytes) = (0, 0);
        }
        Ok(())
    }
}

/// Bytes that a batch takes once its dictionaries are text.
fn bytes_as_read(batch: &RecordBatch) -> usize {
    let bytes = |column: &ArrayRef| match column.as_any_dictionary_opt() {
        Some(dictionary) => {
            let values = dictionary.values();
            // Which values are frequent is not looked at: they count alike.
            let of_one = values.get_array_memory_size().div_ceil(values.len().max(1));
            column.len().saturating_mul(of_one)
        }
        None => column.get_array_memory_size(),
    };
    batch.columns().iter().map(bytes).sum()
}

/// The columns of the fields alone, and the time: taking rows of others would be wasted.
fn wanted(schema: &SchemaRef, fields: Option<&BTreeSet<String>>) -> Vec<usize> {
    let fields = fields.filter(|fields| !fields.iter().any(|field| field.contains('*')));
    let wanted = |name: &str| fields.is_none_or(|fields| name == "_time" || fields.contains(types::field_of(name)));
    let named = schema.fields().iter().enumerate();
    named.filter(|(_, field)| wanted(field.name())).map(|(at, _)| at).collect()
}

/// The candidates of one search: each of its scans sees its own rows.
#[derive(Debug, Clone, Copy)]
pub struct SearchTables<'c> {
    candidates: &'c Candidates,
    search: usize,
    /// Scans of searches that were made as this one ran: they see all rows that were kept for any of them.
    made: bool,
}

impl SearchTables<'_> {
    fn read(
        &self,
        id: &TableId,
        scan: ScanId,
        fields: Option<&BTreeSet<String>>,
    ) -> Result<Option<Arc<dyn TableProvider>>, LakeError> {
        match self.candidates.scans.get(&scan) {
            Some(parts) => self.candidates.provider(id, parts, fields),
            None => Ok(None),
        }
    }
}

#[async_trait]
impl Tables for SearchTables<'_> {
    fn in_memory(&self) -> bool {
        true
    }

    async fn table(&self, id: &TableId) -> Result<Option<Arc<dyn TableProvider>>, LakeError> {
        self.read(id, ScanId::of_made(self.search), None)
    }

    async fn scanned(
        &self,
        id: &TableId,
        span: Span,
        fields: Option<&BTreeSet<String>>,
    ) -> Result<Option<Arc<dyn TableProvider>>, LakeError> {
        let scan = if self.made { ScanId::of_made(self.search) } else { ScanId { search: self.search, span } };
        self.read(id, scan, fields)
    }

    fn for_made(&self) -> Option<Box<dyn Tables + '_>> {
        Some(Box::new(SearchTables { made: true, ..*self }))
    }

    async fn sourcetypes(&self) -> Result<Vec<String>, LakeError> {
        let names = self.candidates.tables.iter().filter_map(|table| match &table.id {
            TableId::Events(sourcetype) => Some(sourcetype.clone()),
            TableId::Dataset(_) | TableId::Metrics => None,
        });
        let names: BTreeSet<String> = names.collect();
        Ok(names.into_iter().collect())
    }
}
