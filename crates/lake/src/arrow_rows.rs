//! Arrow batches as the shared scan reads them, without a copy.

use datafusion::arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StringArray};
use datafusion::arrow::buffer::NullBuffer;
use datafusion::arrow::datatypes::{DataType, Int32Type};
use prefilter::{ColumnRef, Rows, TextRef, Validity};

use crate::types;

/// A batch of a table.
pub(crate) struct ArrowRows<'b> {
    batch: &'b RecordBatch,
}

impl<'b> ArrowRows<'b> {
    pub(crate) fn new(batch: &'b RecordBatch) -> Self {
        Self { batch }
    }
}

impl Rows for ArrowRows<'_> {
    fn rows(&self) -> usize {
        self.batch.num_rows()
    }

    fn columns(&self) -> Vec<(&str, ColumnRef<'_>)> {
        let schema = self.batch.schema_ref();
        let mut columns: Vec<(&str, ColumnRef<'_>)> = Vec::with_capacity(schema.fields().len());
        for (field, column) in schema.fields().iter().zip(self.batch.columns()) {
            let name = types::field_of(field.name());
            match columns.iter_mut().find(|(known, _)| *known == name) {
                // The field has a column of text and one of lists: its values are in either.
                Some((_, known)) => *known = ColumnRef::Other,
                None => columns.push((name, column_ref(column))),
            }
        }
        columns
    }
}

fn column_ref(column: &ArrayRef) -> ColumnRef<'_> {
    match column.data_type() {
        DataType::Utf8 => ColumnRef::Text(text_ref(column.as_string::<i32>())),
        DataType::List(_) => {
            let list = column.as_list::<i32>();
            match list.values().as_string_opt::<i32>() {
                Some(values) => ColumnRef::Multi { offsets: list.value_offsets(), values: text_ref(values) },
                None => ColumnRef::Other,
            }
        }
        DataType::Dictionary(..) => match column.as_dictionary_opt::<Int32Type>() {
            Some(dictionary) => match dictionary.values().as_string_opt::<i32>() {
                Some(values) => ColumnRef::Dictionary {
                    keys: dictionary.keys().values(),
                    validity: validity(dictionary.keys().nulls()),
                    values: text_ref(values),
                },
                None => ColumnRef::Other,
            },
            None => ColumnRef::Other,
        },
        _ => ColumnRef::Other,
    }
}

fn text_ref(text: &StringArray) -> TextRef<'_> {
    TextRef { offsets: text.value_offsets(), bytes: text.value_data(), validity: validity(text.nulls()) }
}

fn validity(nulls: Option<&NullBuffer>) -> Validity<'_> {
    nulls.map(|nulls| (nulls.validity(), nulls.offset()))
}
