//! What becomes of events: rows of every kind or those that some search may want, kept in memory or in a lake.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cim::DatasetId;
use event::{Column, Columns, ContentHash, EventBatch};
use lake::{CandidatesBuilder, FileRows, KeptBatch, Lake, LakeError, MemoryTables};
use normalize::{Choose, Made, Needs, Normalized, Normalizer, TableId};
use prefilter::{Matches, Prefilter, WithText};
use tokio::runtime::Handle;

/// Rows are committed to the lake once so many bytes wait: a commit has a price, and so has memory.
const BYTES_A_COMMIT: usize = 128 << 20;

/// Makes the rows of a batch of events, on many threads at once.
pub trait Prepare: Sync {
    /// Rows ready to be kept.
    type Batch: Send;

    /// Make a batch's rows.
    ///
    /// # Errors
    /// When the rows cannot be kept.
    fn prepare(&self, source: &Source<'_>) -> Result<Prepared<Self::Batch>, LakeError>;
}

/// Keeps rows, in the order of the files.
pub trait Keep: Send {
    /// Rows ready to be kept.
    type Batch: Send;

    /// Rows of one file are kept apart from those of others. Where they need not be, small files are read together, which is
    /// much faster.
    const BY_FILE: bool;

    /// Keep the rows of one file, or of a segment of it, or unless [`Self::BY_FILE`] of several files. `hash` gives what names
    /// the content of the first, whatever it is called; it is dear.
    ///
    /// # Errors
    /// When the rows cannot be kept.
    fn keep(&mut self, hash: &dyn Fn() -> ContentHash, batches: Vec<Self::Batch>) -> Result<(), LakeError>;
}

/// A batch of events, and how its rows are made.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The events.
    pub batch: &'a EventBatch,
    /// The packs.
    pub normalizer: &'a Normalizer,
    /// What the searches to come will read.
    pub needs: &'a Needs,
}

/// Rows made ready.
pub struct Prepared<B> {
    /// What was counted; its tables have been taken out.
    pub normalized: Normalized,
    /// The rows.
    pub rows: B,
    /// Time spent beside normalising.
    pub spent: Duration,
}

/// Every row of every table.
#[derive(Debug, Clone, Copy)]
pub struct Everything;

impl Prepare for Everything {
    type Batch = BTreeMap<TableId, Columns>;

    fn prepare(&self, source: &Source<'_>) -> Result<Prepared<Self::Batch>, LakeError> {
        let mut normalized = source.normalizer.normalize(source.batch, source.needs);
        let rows = std::mem::take(&mut normalized.tables);
        Ok(Prepared { normalized, rows, spent: Duration::ZERO })
    }
}

impl Keep for MemoryTables {
    type Batch = BTreeMap<TableId, Columns>;
    const BY_FILE: bool = false;

    fn keep(&mut self, _hash: &dyn Fn() -> ContentHash, batches: Vec<Self::Batch>) -> Result<(), LakeError> {
        batches.into_iter().try_for_each(|tables| self.add(tables))
    }
}

/// The rows that some search may want.
impl Prepare for Prefilter {
    type Batch = Vec<KeptBatch>;

    fn prepare(&self, source: &Source<'_>) -> Result<Prepared<Self::Batch>, LakeError> {
        let mut chooser = Chooser { prefilter: self, matches: BTreeMap::new(), spent: Duration::ZERO };
        let mut normalized = source.normalizer.normalize_chosen(source.batch, source.needs, &mut chooser);
        let start = Instant::now();
        let mut kept = Vec::new();
        for (table, columns) in std::mem::take(&mut normalized.tables) {
            let Some(matches) = chooser.matches.remove(&table) else { continue };
            kept.push(KeptBatch::new(matches.kept(table, columns))?);
        }
        Ok(Prepared { normalized, rows: kept, spent: chooser.spent + start.elapsed() })
    }
}

impl Keep for CandidatesBuilder {
    type Batch = Vec<KeptBatch>;
    const BY_FILE: bool = false;

    fn keep(&mut self, _hash: &dyn Fn() -> ContentHash, batches: Vec<Self::Batch>) -> Result<(), LakeError> {
        batches.into_iter().flatten().try_for_each(|kept| self.add(kept))
    }
}

/// Chooses the rows that some search may want.
struct Chooser<'p> {
    prefilter: &'p Prefilter,
    matches: BTreeMap<TableId, Matches>,
    spent: Duration,
}

impl Choose for Chooser<'_> {
    fn fields(&self, table: &TableId) -> Arc<BTreeSet<String>> {
        self.prefilter.fields_but_text(table)
    }

    fn choose<'t>(&mut self, table: &TableId, columns: &Columns, text: &dyn Fn(usize) -> Option<&'t str>) -> Vec<u32> {
        let start = Instant::now();
        // Rows of a dataset have a text only where they have a column of it.
        let matches = match table {
            TableId::Events(_) => self.prefilter.matches(table, &WithText { columns, text }),
            TableId::Dataset(_) | TableId::Metrics => self.prefilter.matches(table, columns),
        };
        let wanted = matches.wanted();
        self.matches.insert(table.clone(), matches);
        self.spent += start.elapsed();
        wanted
    }

    fn made(&self, table: &TableId) -> Option<Made> {
        Some(self.prefilter.made(self.matches.get(table)?))
    }

    fn dataset_fields(&self, dataset: DatasetId) -> Option<Arc<BTreeSet<String>>> {
        self.prefilter.dataset_fields_read(dataset)
    }

    fn takes_all(&self, dataset: DatasetId) -> bool {
        self.prefilter.wants_all(&TableId::Dataset(dataset))
    }
}

/// Gathers rows of many files and appends them to a lake, a commit a table.
pub struct LakeSink<'l> {
    lake: &'l Lake,
    runtime: Handle,
    waiting: BTreeMap<TableId, Vec<FileRows>>,
    bytes: usize,
    /// Rows written so far.
    pub rows: u64,
    /// Files of a table that had been stored before.
    pub known_files: u64,
}

impl<'l> LakeSink<'l> {
    /// A sink whose writes run on `runtime`; the sink itself must be used outside of it.
    pub fn new(lake: &'l Lake, runtime: Handle) -> Self {
        Self { lake, runtime, waiting: BTreeMap::new(), bytes: 0, rows: 0, known_files: 0 }
    }

    /// Append what waits. Without this call the last rows are not kept.
    ///
    /// # Errors
    /// When the lake cannot be written.
    pub fn finish(&mut self) -> Result<(), LakeError> {
        self.bytes = 0;
        for (table, files) in std::mem::take(&mut self.waiting) {
            let appended = self.runtime.block_on(self.lake.append(&table, files))?;
            self.rows += appended.rows as u64;
            self.known_files += appended.known_files as u64;
        }
        Ok(())
    }
}

impl Keep for LakeSink<'_> {
    type Batch = BTreeMap<TableId, Columns>;
    const BY_FILE: bool = true;

    fn keep(&mut self, hash: &dyn Fn() -> ContentHash, batches: Vec<Self::Batch>) -> Result<(), LakeError> {
        let mut of_file: BTreeMap<TableId, FileRows> = BTreeMap::new();
        let hash = hash();
        for (table, columns) in batches.into_iter().flatten() {
            self.bytes += size(&columns);
            let rows =
                of_file.entry(table).or_insert_with(|| FileRows { content_hash: hash.to_string(), rows: Vec::new() });
            rows.rows.push(columns);
        }
        for (table, rows) in of_file {
            self.waiting.entry(table).or_default().push(rows);
        }
        if self.bytes >= BYTES_A_COMMIT { self.finish() } else { Ok(()) }
    }
}

fn size(columns: &Columns) -> usize {
    let text = |column: &event::TextColumn| column.bytes.len() + column.offsets.len() * 4;
    let sizes = columns.columns.iter().map(|(_, column)| match column {
        Column::Text(column) => text(column),
        Column::Multi(column) => text(&column.values) + column.offsets.len() * 4,
        Column::Time(times) => times.len() * 8,
    });
    sizes.sum()
}
