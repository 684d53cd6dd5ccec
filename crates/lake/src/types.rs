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

/// Text whose distinct values are written once: what a column of text may be in memory, never what a search sees.
pub(crate) fn dictionary() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(TEXT))
}

/// What a search sees of a type.
fn seen(kind: &DataType) -> &DataType {
    match kind {
        DataType::Dictionary(_, values) => values,
        kind => kind,
    }
}

/// What the name of a column ends in that holds the lists of a field whose own column holds text.
const OVERFLOW: &str = "~multi";

/// The column that holds the lists beside a column of text: a stored column cannot change its type.
pub fn overflow_name(column: &str) -> String {
    format!("{column}{OVERFLOW}")
}

/// True for the columns that [`overflow_name`] names.
pub fn is_overflow(column: &str) -> bool {
    column.ends_with(OVERFLOW)
}

/// The column of a field in a stored table that has the columns `taken`; a new one is added to them.
///
/// Delta Lake and SQL tell columns apart by their letters, not by their case; Splunk's fields `ProcessId` and `ProcessID` are
/// two. The second one to come is stored as `ProcessID~2`.
pub(crate) fn stored_name(field: &str, taken: &mut Vec<String>) -> String {
    let mut number = 1;
    loop {
        let candidate = if number == 1 { field.to_owned() } else { format!("{field}~{number}") };
        if taken.contains(&candidate) {
            return candidate;
        }
        if !taken.iter().any(|column| column.to_lowercase() == candidate.to_lowercase()) {
            taken.push(candidate.clone());
            return candidate;
        }
        number += 1;
    }
}

/// The field that a stored column belongs to.
///
/// ```
/// assert_eq!(lake::types::field_of("ProcessID~2~multi"), "ProcessID");
/// ```
pub fn field_of(column: &str) -> &str {
    let column = column.strip_suffix(OVERFLOW).unwrap_or(column);
    match column.rsplit_once('~') {
        Some((field, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => field,
        _ => column,
    }
}

/// One schema for all: columns in the order first met; text in one and multivalue in another is multivalue. Dictionaries are
/// text.
pub fn merge<'a>(schemas: impl IntoIterator<Item = &'a Schema>) -> SchemaRef {
    let mut fields: Vec<FieldRef> = Vec::new();
    let mut places = std::collections::HashMap::<String, usize>::new();
    for field in schemas.into_iter().flat_map(|schema| schema.fields().iter()) {
        let Some(known) = places.get(field.name()).and_then(|at| fields.get_mut(*at)) else {
            places.insert(field.name().clone(), fields.len());
            let kind = seen(field.data_type()).clone();
            fields.push(Arc::new(field.as_ref().clone().with_data_type(kind).with_nullable(true)));
            continue;
        };
        if known.data_type() != seen(field.data_type()) {
            *known = Arc::new(Field::new(field.name(), multi(), true));
        }
    }
    Arc::new(Schema::new(fields))
}
