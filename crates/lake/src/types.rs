//! The types that columns of a table have, and how columns that differ become one.

use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, FieldRef, Schema, SchemaRef, TimeUnit};

/// Text.
pub const TEXT: DataType = DataType::Utf8;

/// A time: microseconds since the epoch, UTC.
pub fn time() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()))
}

/// Several text values. The element's name is the one that Delta Lake gives.
pub fn multi() -> DataType {
    DataType::List(Arc::new(Field::new("element", DataType::Utf8, true)))
}

/// The column that holds the lists of a field whose own column holds text: a stored column cannot change its type.
pub fn overflow_name(field: &str) -> String {
    format!("{field}~multi")
}

/// One schema for all: columns in the order first met; text in one and multivalue in another is multivalue.
pub fn merge<'a>(schemas: impl IntoIterator<Item = &'a Schema>) -> SchemaRef {
    let mut fields: Vec<FieldRef> = Vec::new();
    let mut places = std::collections::HashMap::<String, usize>::new();
    for field in schemas.into_iter().flat_map(|schema| schema.fields().iter()) {
        let Some(known) = places.get(field.name()).and_then(|at| fields.get_mut(*at)) else {
            places.insert(field.name().clone(), fields.len());
            fields.push(Arc::new(field.as_ref().clone().with_nullable(true)));
            continue;
        };
        if known.data_type() != field.data_type() {
            *known = Arc::new(Field::new(field.name(), multi(), true));
        }
    }
    Arc::new(Schema::new(fields))
}
