//! Chunks of kept rows, in memory or, past a limit, in a file without a name that goes away with the run.
//!
//! The rows of a sourcetype's events have hundreds of columns between them, each with a value in few of the rows: those are
//! kept as their values and the rows that these stand in.

use std::fs::File;
use std::io::{self, Cursor, Read as _, Seek as _, SeekFrom, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray as _, RecordBatch, RecordBatchOptions, UInt32Array, new_null_array,
};
use datafusion::arrow::compute::{concat, take};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef, UInt32Type};
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::ipc::reader::StreamReader;
use datafusion::arrow::ipc::writer::StreamWriter;

use super::spilled::SpilledText;
use crate::memory::{as_kind, by_field, one_column, union_of};
use crate::types;

/// A column is kept by its values alone when at most one row in so many has one.
const SPARSE: usize = 4;

/// Rows of one table.
#[derive(Debug)]
pub(super) struct Chunk {
    rows: usize,
    schema: SchemaRef,
    columns: Vec<Stored>,
}

/// A column.
#[derive(Debug)]
enum Stored {
    /// No row has a value.
    Null,
    /// As it is, or as a dictionary.
    Dense(Place),
    /// The rows that have a value, and the values.
    Sparse(Place),
}

/// Where columns of equal length are.
#[derive(Debug)]
enum Place {
    Held(Vec<ArrayRef>),
    /// A column of text.
    Text(SpilledText),
    Spilled {
        file: Arc<Mutex<File>>,
        start: u64,
        length: usize,
    },
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

    /// Keep batches, one behind the other, as a chunk.
    pub(super) fn keep(&mut self, batches: &[RecordBatch]) -> Result<Chunk, ArrowError> {
        let schema = union_of(batches);
        let (fields, rows) = by_field(batches, &schema);
        let mut columns = Vec::with_capacity(fields.len());
        for (field, parts) in schema.fields().iter().zip(fields) {
            let kind = field.data_type();
            let values: usize = parts.iter().map(|(_, part)| part.len() - part.null_count()).sum();
            columns.push(match values {
                0 => Stored::Null,
                few if few * SPARSE <= rows => Stored::Sparse(self.place(sparse(kind, &parts)?)?),
                _ => Stored::Dense(self.place(vec![one_column(&dense(kind, &parts), &parts, rows)?])?),
            });
        }
        Ok(Chunk { rows, schema, columns })
    }

    fn place(&mut self, columns: Vec<ArrayRef>) -> Result<Place, ArrowError> {
        let bytes: usize = columns.iter().map(|column| column.get_array_memory_size()).sum();
        if self.held + bytes <= self.limit {
            self.held += bytes;
            return Ok(Place::Held(columns));
        }
        let file = match &self.file {
            Some(file) => Arc::clone(file),
            None => Arc::clone(self.file.insert(Arc::new(Mutex::new(tempfile::tempfile()?)))),
        };
        if let [column] = columns.as_slice()
            && let Some(text) = column.as_string_opt::<i32>()
        {
            let spilled = SpilledText::write(text, file, self.end)?;
            self.end += spilled.length() as u64;
            return Ok(Place::Text(spilled));
        }
        self.spill(columns, file)
    }

    fn spill(&mut self, columns: Vec<ArrayRef>, file: Arc<Mutex<File>>) -> Result<Place, ArrowError> {
        let fields = columns.iter().map(|column| Field::new("", column.data_type().clone(), true));
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let mut bytes = Vec::new();
        let mut writer = StreamWriter::try_new(&mut bytes, &schema)?;
        writer.write(&RecordBatch::try_new(schema, columns)?)?;
        writer.finish()?;
        drop(writer);
        {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(self.end))?;
            file.write_all(&bytes)?;
        }
        let (start, length) = (self.end, bytes.len());
        self.end += length as u64;
        Ok(Place::Spilled { file, start, length })
    }
}

/// What a column is kept as: a dictionary where all of its parts are such.
fn dense(kind: &DataType, parts: &[(usize, &ArrayRef)]) -> DataType {
    let dictionary = types::dictionary();
    let is_one = *kind == types::TEXT && parts.iter().all(|(_, part)| *part.data_type() == dictionary);
    if is_one { dictionary } else { kind.clone() }
}

/// The rows with a value, and the values, of parts that begin at given rows.
fn sparse(kind: &DataType, parts: &[(usize, &ArrayRef)]) -> Result<Vec<ArrayRef>, ArrowError> {
    let mut rows: Vec<u32> = Vec::new();
    let mut pieces: Vec<ArrayRef> = Vec::with_capacity(parts.len());
    for (start, part) in parts.iter().filter(|(_, part)| part.null_count() < part.len()) {
        let valid: Vec<u32> = match part.nulls() {
            Some(nulls) => nulls.valid_indices().filter_map(|at| u32::try_from(at).ok()).collect(),
            None => (0..u32::try_from(part.len()).unwrap_or(0)).collect(),
        };
        let start = u32::try_from(*start).unwrap_or(u32::MAX);
        rows.extend(valid.iter().map(|at| start.saturating_add(*at)));
        pieces.push(as_kind(&take(part.as_ref(), &UInt32Array::from(valid), None)?, kind)?);
    }
    let pieces: Vec<&dyn Array> = pieces.iter().map(AsRef::as_ref).collect();
    rows.shrink_to_fit();
    Ok(vec![Arc::new(UInt32Array::from(rows)), concat(&pieces)?])
}

impl Chunk {
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Bytes that it takes, in memory and on disk.
    pub(super) fn bytes(&self) -> (usize, usize) {
        let places = self.columns.iter().filter_map(|column| match column {
            Stored::Null => None,
            Stored::Dense(place) | Stored::Sparse(place) => Some(place),
        });
        places.fold((0, 0), |(held, spilled), place| match place {
            Place::Held(columns) => {
                (held + columns.iter().map(|column| column.get_array_memory_size()).sum::<usize>(), spilled)
            }
            Place::Text(text) => (held, spilled + text.length()),
            Place::Spilled { length, .. } => (held, spilled + length),
        })
    }

    /// Some of its columns, by number, and some of its rows, in order; `None` is all.
    pub(super) fn select(&self, wanted: &[usize], rows: Option<&UInt32Array>) -> Result<RecordBatch, ArrowError> {
        let count = rows.map_or(self.rows, Array::len);
        let schema = Arc::new(self.schema.project(wanted)?);
        let stored = wanted.iter().zip(schema.fields()).filter_map(|(at, field)| Some((self.columns.get(*at)?, field)));
        let columns: Result<Vec<ArrayRef>, ArrowError> =
            stored.map(|(stored, field)| self.column(stored, field.data_type(), rows)).collect();
        let options = RecordBatchOptions::new().with_row_count(Some(count));
        RecordBatch::try_new_with_options(schema, columns?, &options)
    }

    fn column(&self, stored: &Stored, kind: &DataType, rows: Option<&UInt32Array>) -> Result<ArrayRef, ArrowError> {
        let place = match (stored, rows) {
            (Stored::Null, _) => return Ok(new_null_array(kind, rows.map_or(self.rows, Array::len))),
            (Stored::Dense(Place::Text(text)), Some(rows)) if text.is_worth_picking(rows.len()) => {
                return text.pick(rows);
            }
            (Stored::Dense(place) | Stored::Sparse(place), _) => place.read()?,
        };
        match (place.as_slice(), rows) {
            ([dense], None) => as_kind(dense, kind),
            ([dense], Some(rows)) => as_kind(&take(dense.as_ref(), rows, None)?, kind),
            ([known, values], rows) => {
                let known = known.as_primitive::<UInt32Type>().values();
                let places = match rows {
                    Some(rows) => places(known, rows.values().iter().copied()),
                    None => places(known, 0..u32::try_from(self.rows).unwrap_or(u32::MAX)),
                };
                take(values.as_ref(), &places, None)
            }
            _ => Err(lost()),
        }
    }
}

/// Where the values of rows stand, null for a row without one. Both are in order.
fn places(known: &[u32], rows: impl Iterator<Item = u32>) -> UInt32Array {
    let mut at = 0;
    let place = |row: u32| {
        while known.get(at).is_some_and(|known| *known < row) {
            at += 1;
        }
        (known.get(at) == Some(&row)).then(|| u32::try_from(at).unwrap_or(u32::MAX))
    };
    rows.map(place).collect()
}

pub(super) fn lost() -> ArrowError {
    ArrowError::from(io::Error::new(io::ErrorKind::UnexpectedEof, "a spilled column is not there"))
}

impl Place {
    fn read(&self) -> Result<Vec<ArrayRef>, ArrowError> {
        let (file, start, length) = match self {
            Self::Held(columns) => return Ok(columns.clone()),
            Self::Text(text) => return Ok(vec![text.read()?]),
            Self::Spilled { file, start, length } => (file, *start, *length),
        };
        let mut bytes = vec![0; length];
        {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(start))?;
            file.read_exact(&mut bytes)?;
        }
        let mut batches = StreamReader::try_new(Cursor::new(bytes), None)?;
        let batch = batches.next().ok_or_else(lost)??;
        Ok(batch.columns().to_vec())
    }
}
