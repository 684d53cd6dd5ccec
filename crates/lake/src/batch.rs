//! Columns to Arrow, without copying their text.

use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, ListArray, RecordBatch, RecordBatchOptions, StringArray, TimestampMicrosecondArray,
};
use datafusion::arrow::buffer::{BooleanBuffer, Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use datafusion::arrow::datatypes::{Field, Schema};
use datafusion::arrow::error::ArrowError;
use event::{Column, Columns, MultiColumn, TextColumn};

use crate::{LakeError, types};

/// The rows as an Arrow batch. The buffers move; the text is checked, not copied.
pub fn record_batch(columns: Columns) -> Result<RecordBatch, LakeError> {
    let rows = columns.rows;
    let mut fields = Vec::with_capacity(columns.columns.len());
    let mut arrays = Vec::with_capacity(columns.columns.len());
    for (name, column) in columns.columns {
        let array = array(column, rows).map_err(|source| LakeError::Column { column: name.clone(), source })?;
        fields.push(Field::new(name, array.data_type().clone(), true));
        arrays.push(array);
    }
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options)
        .map_err(|source| LakeError::Column { column: "*".to_owned(), source })
}

fn array(column: Column, rows: usize) -> Result<ArrayRef, ArrowError> {
    let array: ArrayRef = match column {
        Column::Text(text) => Arc::new(text_array(text)?),
        Column::Multi(multi) => Arc::new(multi_array(multi)?),
        Column::Time(times) => Arc::new(TimestampMicrosecondArray::from(times).with_timezone("UTC")),
    };
    if array.len() == rows {
        Ok(array)
    } else {
        Err(ArrowError::InvalidArgumentError(format!("{} rows instead of {rows}", array.len())))
    }
}

fn text_array(text: TextColumn) -> Result<StringArray, ArrowError> {
    let rows = text.rows();
    let nulls = match text.nulls {
        0 => None,
        _ if text.validity.len() * 8 < rows => {
            return Err(ArrowError::InvalidArgumentError("validity bitmap is too short".to_owned()));
        }
        _ => Some(NullBuffer::new(BooleanBuffer::new(Buffer::from_vec(text.validity), 0, rows))),
    };
    StringArray::try_new(offsets(text.offsets)?, Buffer::from_vec(text.bytes), nulls)
}

fn multi_array(multi: MultiColumn) -> Result<ListArray, ArrowError> {
    let offsets = offsets(multi.offsets)?;
    let nulls: NullBuffer = offsets.lengths().map(|length| length > 0).collect();
    let values = Arc::new(text_array(multi.values)?);
    ListArray::try_new(Arc::new(Field::new("element", types::TEXT, true)), offsets, values, Some(nulls))
}

/// Offsets must start at 0 or more and never fall: Arrow itself panics on others.
fn offsets(offsets: Vec<i32>) -> Result<OffsetBuffer<i32>, ArrowError> {
    let rising = offsets.is_sorted() && offsets.first().is_some_and(|first| *first >= 0);
    if rising {
        Ok(OffsetBuffer::new(ScalarBuffer::from(offsets)))
    } else {
        Err(ArrowError::InvalidArgumentError("offsets do not rise".to_owned()))
    }
}
