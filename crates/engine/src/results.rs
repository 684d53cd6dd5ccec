//! Result rows.

use std::sync::Arc;

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use spl::value::{Row, Value};

use crate::EngineError;
use crate::column::{Input, Item};

/// What a search gave.
#[derive(Debug, Clone)]
pub struct Results {
    /// The columns, in the order of the last command.
    pub schema: SchemaRef,
    /// The rows.
    pub batches: Vec<RecordBatch>,
}

impl Results {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// True when there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows as values: fields in order, null left out, one value of many as itself.
    pub fn rows(&self) -> Result<Vec<Row>, EngineError> {
        let names: Vec<Arc<str>> = self.schema.fields().iter().map(|field| field.name().as_str().into()).collect();
        let mut rows = Vec::with_capacity(self.len());
        for batch in &self.batches {
            let columns: Result<Vec<Input>, _> =
                batch.columns().iter().map(|column| Input::new(column, false)).collect();
            let columns = columns.map_err(|source| EngineError::run(source, None))?;
            rows.extend((0..batch.num_rows()).map(|row| row_at(&names, &columns, row)));
        }
        Ok(rows)
    }
}

fn row_at(names: &[Arc<str>], columns: &[Input], row: usize) -> Row {
    let values = columns.iter().map(|column| value(column.item(row)));
    let fields = names.iter().cloned().zip(values).filter(|(_, value)| *value != Value::Null);
    Row { fields: fields.collect() }
}

fn value(item: Item<'_>) -> Value {
    match item {
        Item::Null => Value::Null,
        Item::Text(text) => Value::Text(text.into()),
        Item::Number(number) => Value::Number(number),
        Item::Bool(value) => Value::Bool(value),
        Item::Multi(values) => match values.as_slice() {
            [] => Value::Null,
            [value] => Value::Text((*value).into()),
            values => Value::Multi(values.iter().map(|value| Value::Text((*value).into())).collect()),
        },
    }
}
