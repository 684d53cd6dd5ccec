//! A column of text on disk, of which a few rows can be read without the others: most searches want a few of many.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use datafusion::arrow::array::{Array as _, ArrayRef, StringArray, StringBuilder, UInt32Array};
use datafusion::arrow::buffer::{BooleanBuffer, Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use datafusion::arrow::error::ArrowError;

use super::chunk::lost;

/// Rows are read one by one when at most one in so many is wanted: each is two small reads.
const FEW: usize = 64;

/// A column of text: offsets, then which rows have a value unless all have, then the values.
#[derive(Debug)]
pub(super) struct SpilledText {
    file: Arc<Mutex<File>>,
    start: u64,
    rows: usize,
    /// Bytes of the bits that say which rows have a value; 0 when all have.
    validity: usize,
    /// Bytes of the values.
    values: usize,
}

impl SpilledText {
    /// Write a column at a place of the file.
    pub(super) fn write(column: &StringArray, file: Arc<Mutex<File>>, start: u64) -> Result<Self, ArrowError> {
        let offsets = column.value_offsets();
        let (first, last) = (offsets.first().copied().unwrap_or(0), offsets.last().copied().unwrap_or(0));
        let mut head = Vec::with_capacity(offsets.len() * 4);
        offsets.iter().for_each(|offset| head.extend_from_slice(&(offset - first).to_le_bytes()));
        let validity = column.nulls().map(|nulls| nulls.inner().sliced());
        let range = usize::try_from(first).unwrap_or(0)..usize::try_from(last).unwrap_or(0);
        let values = column.value_data().get(range).ok_or_else(lost)?;
        {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(start))?;
            file.write_all(&head)?;
            if let Some(validity) = &validity {
                file.write_all(validity)?;
            }
            file.write_all(values)?;
        }
        let validity = validity.map_or(0, |validity| validity.len());
        Ok(Self { file, start, rows: column.len(), validity, values: values.len() })
    }

    /// Bytes on disk.
    pub(super) fn length(&self) -> usize {
        self.validity_at() + self.validity + self.values
    }

    fn validity_at(&self) -> usize {
        (self.rows + 1) * 4
    }

    /// Are so few rows wanted that [`Self::pick`] is cheaper than to read all?
    pub(super) fn is_worth_picking(&self, rows: usize) -> bool {
        rows * FEW <= self.rows
    }

    /// The whole column.
    pub(super) fn read(&self) -> Result<ArrayRef, ArrowError> {
        let (mut head, mut validity, mut values) =
            (vec![0; self.validity_at()], vec![0; self.validity], vec![0; self.values]);
        {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(self.start))?;
            file.read_exact(&mut head)?;
            file.read_exact(&mut validity)?;
            file.read_exact(&mut values)?;
        }
        let (offsets, _) = head.as_chunks::<4>();
        let offsets: Vec<i32> = offsets.iter().map(|offset| i32::from_le_bytes(*offset)).collect();
        if offsets.first() != Some(&0) || !offsets.is_sorted() {
            return Err(lost());
        }
        let nulls =
            (self.validity > 0).then(|| NullBuffer::new(BooleanBuffer::new(Buffer::from_vec(validity), 0, self.rows)));
        let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
        Ok(Arc::new(StringArray::try_new(offsets, Buffer::from_vec(values), nulls)?))
    }

    /// These rows.
    pub(super) fn pick(&self, rows: &UInt32Array) -> Result<ArrayRef, ArrowError> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut read = |at: usize, into: &mut [u8]| {
            file.seek(SeekFrom::Start(self.start + at as u64))?;
            file.read_exact(into)
        };
        let mut validity = vec![0; self.validity];
        read(self.validity_at(), &mut validity)?;
        let has_value = |row: usize| {
            validity.is_empty() || validity.get(row / 8).is_some_and(|bits: &u8| bits >> (row % 8) & 1 == 1)
        };
        let values = self.validity_at() + self.validity;
        let mut picked = StringBuilder::with_capacity(rows.len(), 0);
        let mut value = Vec::new();
        for row in rows.values().iter().map(|row| *row as usize) {
            if !has_value(row) {
                picked.append_null();
                continue;
            }
            let mut ends = [[0; 4]; 2];
            read(row * 4, ends.as_flattened_mut())?;
            let [start, end] = ends.map(|end| usize::try_from(i32::from_le_bytes(end)));
            let (start, end) = (start.map_err(|_| lost())?, end.map_err(|_| lost())?);
            value.clear();
            value.resize(end.checked_sub(start).ok_or_else(lost)?, 0);
            read(values + start, &mut value)?;
            picked.append_value(std::str::from_utf8(&value).map_err(|_| lost())?);
        }
        Ok(Arc::new(picked.finish()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_comes_back_whole_and_in_parts() {
        let value = |row: usize| (row % 7 != 3).then(|| format!("value {row} é{}", "x".repeat(row % 50)));
        for with_nulls in [true, false] {
            let all: StringArray =
                (0..1000).map(|row| value(row).or_else(|| (!with_nulls).then(String::new))).collect();
            // A slice has its own first offset and first bit.
            for column in [all.clone(), all.slice(13, 900), all.slice(5, 0)] {
                let file = Arc::new(Mutex::new(tempfile::tempfile().unwrap()));
                let spilled = SpilledText::write(&column, Arc::clone(&file), 77).unwrap();
                assert_eq!(file.lock().unwrap().metadata().unwrap().len(), 77 + spilled.length() as u64);
                assert_eq!(spilled.read().unwrap().as_ref(), &column as &dyn datafusion::arrow::array::Array);
                let rows: Vec<u32> = (0..column.len()).step_by(97).filter_map(|row| u32::try_from(row).ok()).collect();
                let expected: StringArray = rows
                    .iter()
                    .map(|row| column.is_valid(*row as usize).then(|| column.value(*row as usize)))
                    .collect();
                let picked = spilled.pick(&UInt32Array::from(rows)).unwrap();
                assert_eq!(picked.as_ref(), &expected as &dyn datafusion::arrow::array::Array);
            }
        }
    }
}
