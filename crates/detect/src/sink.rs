//! Where rows go: tables in memory, or a lake.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use event::{Column, Columns, ContentHash};
use lake::{Candidates, CandidatesBuilder, FileRows, KeptBatch, Lake, LakeError, MemoryTables};
use normalize::{Choose, TableId};
use prefilter::{Matches, Prefilter};
use tokio::runtime::Handle;

use crate::input::{Prepared, Sink, Source};

/// Rows are committed to the lake once so many bytes wait: a commit has a price, and so has memory.
const BYTES_A_COMMIT: usize = 128 << 20;

impl Sink for MemoryTables {
    type Batch = BTreeMap<TableId, Columns>;

    fn prepare(&self, source: &Source<'_>) -> Result<Prepared<Self::Batch>, LakeError> {
        Ok(source.everything())
    }

    fn accept(&mut self, _hash: &dyn Fn() -> ContentHash, batches: Vec<Self::Batch>) -> Result<(), LakeError> {
        batches.into_iter().try_for_each(|tables| self.add(tables))
    }
}

/// Keeps the rows that some search may want.
pub struct CandidateSink {
    prefilter: Prefilter,
    candidates: CandidatesBuilder,
}

impl CandidateSink {
    /// A sink for searches whose conditions are these.
    pub fn new(prefilter: Prefilter) -> Self {
        Self { prefilter, candidates: CandidatesBuilder::default() }
    }

    /// The rows kept.
    ///
    /// # Errors
    /// When columns of one name do not fit together.
    pub fn finish(self) -> Result<Candidates, LakeError> {
        self.candidates.finish()
    }
}

impl Sink for CandidateSink {
    type Batch = Vec<KeptBatch>;

    fn prepare(&self, source: &Source<'_>) -> Result<Prepared<Self::Batch>, LakeError> {
        let mut chooser = Chooser { prefilter: &self.prefilter, matches: BTreeMap::new(), spent: Duration::ZERO };
        let mut normalized = source.normalizer.normalize_chosen(source.batch, source.needs, &mut chooser);
        let start = Instant::now();
        let mut kept = Vec::new();
        for (table, columns) in std::mem::take(&mut normalized.tables) {
            let Some(matches) = chooser.matches.remove(&table) else { continue };
            kept.push(KeptBatch::new(matches.kept(table, columns))?);
        }
        Ok(Prepared { normalized, rows: kept, spent: chooser.spent + start.elapsed() })
    }

    fn accept(&mut self, _hash: &dyn Fn() -> ContentHash, batches: Vec<Self::Batch>) -> Result<(), LakeError> {
        batches.into_iter().flatten().try_for_each(|kept| self.candidates.add(kept))
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
        self.prefilter.fields(table)
    }

    fn choose(&mut self, table: &TableId, columns: &Columns) -> Vec<u32> {
        let start = Instant::now();
        let matches = self.prefilter.matches(table, columns);
        let wanted = matches.wanted();
        self.matches.insert(table.clone(), matches);
        self.spent += start.elapsed();
        wanted
    }

    fn fields_made(&self, table: &TableId) -> Option<Arc<BTreeSet<String>>> {
        self.prefilter.fields_read(table, self.matches.get(table)?)
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

impl Sink for LakeSink<'_> {
    type Batch = BTreeMap<TableId, Columns>;

    fn prepare(&self, source: &Source<'_>) -> Result<Prepared<Self::Batch>, LakeError> {
        Ok(source.everything())
    }

    fn accept(&mut self, hash: &dyn Fn() -> ContentHash, batches: Vec<Self::Batch>) -> Result<(), LakeError> {
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
