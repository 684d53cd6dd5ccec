//! Chunks of kept rows, in memory or, past a limit, in a file without a name that goes away with the run.

use std::fs::File;
use std::io::{self, Cursor, Read as _, Seek as _, SeekFrom, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use datafusion::arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions};
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::ipc::reader::StreamReader;
use datafusion::arrow::ipc::writer::StreamWriter;

/// Rows of one table.
#[derive(Debug)]
pub(super) enum Chunk {
    /// In memory.
    Held(RecordBatch),
    /// On disk.
    Spilled(Spilled),
}

/// A chunk on disk: each column stands by itself, so that a search reads the few that it needs.
#[derive(Debug)]
pub(super) struct Spilled {
    file: Arc<Mutex<File>>,
    rows: usize,
    schema: SchemaRef,
    /// By column: where it stands and how long it is.
    columns: Vec<(u64, usize)>,
}

/// Decides where chunks are kept.
#[derive(Debug)]
pub(super) struct Keeper {
    /// Bytes that may be held in memory.
    limit: usize,
    held: usize,
    file: Option<Arc<Mutex<File>>>,
    end: u64,
}

impl Keeper {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, held: 0, file: None, end: 0 }
    }

    /// Keep a chunk where there is room.
    pub(super) fn keep(&mut self, batch: RecordBatch) -> Result<Chunk, ArrowError> {
        let bytes = batch.get_array_memory_size();
        if self.held + bytes <= self.limit {
            self.held += bytes;
            return Ok(Chunk::Held(batch));
        }
        self.spill(&batch).map(Chunk::Spilled)
    }

    fn spill(&mut self, batch: &RecordBatch) -> Result<Spilled, ArrowError> {
        let file = match &self.file {
            Some(file) => Arc::clone(file),
            None => Arc::clone(self.file.insert(Arc::new(Mutex::new(tempfile::tempfile()?)))),
        };
        let mut columns = Vec::with_capacity(batch.num_columns());
        let mut bytes = Vec::new();
        for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()) {
            bytes.clear();
            let schema = Arc::new(Schema::new(vec![Arc::clone(field)]));
            let mut writer = StreamWriter::try_new(&mut bytes, &schema)?;
            writer.write(&RecordBatch::try_new(schema, vec![Arc::clone(column)])?)?;
            writer.finish()?;
            drop(writer);
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(self.end))?;
            file.write_all(&bytes)?;
            columns.push((self.end, bytes.len()));
            self.end += bytes.len() as u64;
        }
        Ok(Spilled { file, rows: batch.num_rows(), schema: batch.schema(), columns })
    }
}

impl Chunk {
    pub(super) fn rows(&self) -> usize {
        match self {
            Self::Held(batch) => batch.num_rows(),
            Self::Spilled(spilled) => spilled.rows,
        }
    }

    pub(super) fn schema(&self) -> SchemaRef {
        match self {
            Self::Held(batch) => batch.schema(),
            Self::Spilled(spilled) => Arc::clone(&spilled.schema),
        }
    }

    /// Bytes that it takes, in memory and on disk.
    pub(super) fn bytes(&self) -> (usize, usize) {
        match self {
            Self::Held(batch) => (batch.get_array_memory_size(), 0),
            Self::Spilled(spilled) => (0, spilled.columns.iter().map(|(_, length)| length).sum()),
        }
    }

    /// Some of its columns, by number.
    pub(super) fn columns(&self, wanted: &[usize]) -> Result<RecordBatch, ArrowError> {
        let spilled = match self {
            Self::Held(batch) if wanted.len() == batch.num_columns() => return Ok(batch.clone()),
            Self::Held(batch) if !wanted.is_empty() => return batch.project(wanted),
            Self::Held(batch) => return rows_alone(batch.num_rows()),
            Self::Spilled(spilled) => spilled,
        };
        if wanted.is_empty() {
            return rows_alone(spilled.rows);
        }
        let columns: Result<Vec<ArrayRef>, ArrowError> = wanted.iter().map(|at| spilled.column(*at)).collect();
        RecordBatch::try_new(Arc::new(spilled.schema.project(wanted)?), columns?)
    }
}

impl Spilled {
    fn column(&self, at: usize) -> Result<ArrayRef, ArrowError> {
        let lost = || ArrowError::from(io::Error::new(io::ErrorKind::UnexpectedEof, "a spilled column is not there"));
        let (start, length) = *self.columns.get(at).ok_or_else(lost)?;
        let mut bytes = vec![0; length];
        {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(start))?;
            file.read_exact(&mut bytes)?;
        }
        let mut batches = StreamReader::try_new(Cursor::new(bytes), None)?;
        let batch = batches.next().ok_or_else(lost)??;
        batch.columns().first().cloned().ok_or_else(lost)
    }
}

/// No column, but so many rows.
fn rows_alone(rows: usize) -> Result<RecordBatch, ArrowError> {
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(Arc::new(Schema::empty()), Vec::new(), &options)
}
