//! Reads Arrow columns as SPL values, and builds them.

use std::borrow::Cow;
use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Float64Array, Float64Builder, ListArray, ListBuilder, StringArray,
    StringBuilder, TimestampMicrosecondArray, new_null_array,
};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Field, Float64Type, TimestampMicrosecondType};
use datafusion::common::{Result, exec_datafusion_err};
use lake::types;

use crate::convert::{number_of, number_text, seconds};

/// The types that an SPL value has in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// Null in every row.
    Null,
    /// Text; may look like a number.
    Text,
    /// A number.
    Number,
    /// True or false.
    Bool,
    /// A time; a number of seconds to every operator.
    Time,
    /// Several texts.
    Multi,
}

impl Kind {
    /// The kind of an Arrow type; `None` for types that no table or function gives.
    pub(crate) fn of(data_type: &DataType) -> Option<Self> {
        match data_type {
            DataType::Null => Some(Self::Null),
            DataType::Utf8 => Some(Self::Text),
            DataType::Float64 => Some(Self::Number),
            DataType::Boolean => Some(Self::Bool),
            DataType::Timestamp(..) if *data_type == types::time() => Some(Self::Time),
            DataType::List(_) if *data_type == types::multi() => Some(Self::Multi),
            _ => None,
        }
    }

    /// The Arrow type of a kind.
    pub(crate) fn data_type(self) -> DataType {
        match self {
            Self::Null => DataType::Null,
            Self::Text => types::TEXT,
            Self::Number => DataType::Float64,
            Self::Bool => DataType::Boolean,
            Self::Time => types::time(),
            Self::Multi => types::multi(),
        }
    }

    /// The kind that can hold values of all these kinds: a number beside a text becomes text, as Splunk prints it.
    pub(crate) fn unify(kinds: impl IntoIterator<Item = Self>) -> Self {
        let mut unified = Self::Null;
        for kind in kinds {
            let kind = if kind == Self::Time { Self::Number } else { kind };
            unified = match (unified, kind) {
                (Self::Null, other) | (other, Self::Null) => other,
                (a, b) if a == b => a,
                (Self::Multi, _) | (_, Self::Multi) => Self::Multi,
                _ => Self::Text,
            };
        }
        unified
    }
}

/// A value of one row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Item<'a> {
    /// No value.
    Null,
    /// Text.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// True or false.
    Bool(bool),
    /// Several texts.
    Multi(Vec<&'a str>),
}

impl<'a> Item<'a> {
    /// As a number, if it is one or looks like one.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => number_of(text),
            Self::Multi(values) => match values.as_slice() {
                [value] => number_of(value),
                _ => None,
            },
            Self::Null | Self::Bool(_) => None,
        }
    }

    /// As text; several values are joined by line feeds, as Splunk keeps them.
    pub(crate) fn text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Null => None,
            Self::Text(text) => Some(text),
            Self::Number(number) => Some(Cow::Owned(number_text(number))),
            Self::Bool(value) => Some(Cow::Borrowed(bool_text(value))),
            Self::Multi(values) => match values.as_slice() {
                [] => None,
                [value] => Some(Cow::Borrowed(value)),
                values => Some(Cow::Owned(values.join("\n"))),
            },
        }
    }
}

/// How eval writes a truth value.
pub(crate) fn bool_text(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

#[derive(Debug, Clone)]
enum Reader {
    Null,
    Text(StringArray),
    Number(Float64Array),
    Bool(BooleanArray),
    Time(TimestampMicrosecondArray),
    Multi(ListArray, StringArray),
}

/// A column of values, or one value for all rows.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    reader: Reader,
    constant: bool,
}

impl Input {
    /// Read an array; `constant` when its one row stands for all rows.
    pub(crate) fn new(array: &ArrayRef, constant: bool) -> Result<Self> {
        let reader = match Kind::of(array.data_type()) {
            Some(Kind::Null) => Reader::Null,
            Some(Kind::Text) => Reader::Text(array.as_string::<i32>().clone()),
            Some(Kind::Number) => Reader::Number(array.as_primitive::<Float64Type>().clone()),
            Some(Kind::Bool) => Reader::Bool(array.as_boolean().clone()),
            Some(Kind::Time) => Reader::Time(array.as_primitive::<TimestampMicrosecondType>().clone()),
            Some(Kind::Multi) => {
                let list = array.as_list::<i32>();
                Reader::Multi(list.clone(), list.values().as_string::<i32>().clone())
            }
            None => return Self::new(&canonical(array)?, constant),
        };
        Ok(Self { reader, constant })
    }

    /// True when every row has the same value.
    pub(crate) fn is_constant(&self) -> bool {
        self.constant || matches!(self.reader, Reader::Null)
    }

    /// Its kind.
    pub(crate) fn kind(&self) -> Kind {
        match &self.reader {
            Reader::Null => Kind::Null,
            Reader::Text(_) => Kind::Text,
            Reader::Number(_) => Kind::Number,
            Reader::Bool(_) => Kind::Bool,
            Reader::Time(_) => Kind::Time,
            Reader::Multi(..) => Kind::Multi,
        }
    }

    /// The text column, where it is one that varies: for loops that need no dispatch a row.
    pub(crate) fn text_column(&self) -> Option<&StringArray> {
        match &self.reader {
            Reader::Text(array) if !self.constant => Some(array),
            _ => None,
        }
    }

    /// The value of a row.
    pub(crate) fn item(&self, row: usize) -> Item<'_> {
        let row = if self.constant { 0 } else { row };
        match &self.reader {
            Reader::Text(array) if array.is_valid(row) => Item::Text(Cow::Borrowed(array.value(row))),
            Reader::Number(array) if array.is_valid(row) => Item::Number(array.value(row)),
            Reader::Bool(array) if array.is_valid(row) => Item::Bool(array.value(row)),
            Reader::Time(array) if array.is_valid(row) => Item::Number(seconds(array.value(row))),
            Reader::Multi(list, values) => match list_values(list, values, row) {
                values if values.is_empty() => Item::Null,
                values => Item::Multi(values),
            },
            _ => Item::Null,
        }
    }

    /// The number of a row, if it is one or looks like one.
    pub(crate) fn number(&self, row: usize) -> Option<f64> {
        self.item(row).number()
    }

    /// The text of a row.
    pub(crate) fn text(&self, row: usize) -> Option<Cow<'_, str>> {
        self.item(row).text()
    }

    /// The truth value of a row.
    pub(crate) fn truth(&self, row: usize) -> Option<bool> {
        match self.item(row) {
            Item::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The values of a row: none for null.
    pub(crate) fn values(&self, row: usize) -> Vec<Cow<'_, str>> {
        match self.item(row) {
            Item::Multi(values) => values.into_iter().map(Cow::Borrowed).collect(),
            item => item.text().into_iter().collect(),
        }
    }
}

/// A column in the type that functions know: a filter pushed down to Parquet files sees them as they are read.
fn canonical(array: &ArrayRef) -> Result<ArrayRef> {
    let wanted = match array.data_type() {
        DataType::Utf8View | DataType::LargeUtf8 | DataType::Dictionary(..) => types::TEXT,
        DataType::List(_) | DataType::LargeList(_) | DataType::ListView(_) => types::multi(),
        DataType::Timestamp(..) | DataType::Date32 | DataType::Date64 => types::time(),
        kind if kind.is_numeric() => DataType::Float64,
        other => return Err(exec_datafusion_err!("a column of type {other} is no SPL value")),
    };
    Ok(cast(array, &wanted)?)
}

fn list_values<'a>(list: &ListArray, values: &'a StringArray, row: usize) -> Vec<&'a str> {
    if list.is_null(row) {
        return Vec::new();
    }
    let offsets = list.value_offsets();
    let (Some(start), Some(end)) = (offsets.get(row), offsets.get(row + 1)) else { return Vec::new() };
    let (start, end) = (usize::try_from(*start).unwrap_or(0), usize::try_from(*end).unwrap_or(0));
    (start..end).filter(|at| values.is_valid(*at)).map(|at| values.value(at)).collect()
}

/// Builds a column of one kind, value by value.
pub(crate) enum Output {
    /// Nothing but nulls.
    Null(usize),
    /// Text.
    Text(StringBuilder),
    /// Numbers.
    Number(Float64Builder),
    /// Truth values.
    Bool(Vec<Option<bool>>),
    /// Lists.
    Multi(ListBuilder<StringBuilder>),
}

impl Output {
    /// An empty column. Times are built as numbers.
    pub(crate) fn new(kind: Kind, rows: usize) -> Self {
        match kind {
            Kind::Null => Self::Null(0),
            Kind::Text => Self::Text(StringBuilder::with_capacity(rows, rows * 16)),
            Kind::Number | Kind::Time => Self::Number(Float64Builder::with_capacity(rows)),
            Kind::Bool => Self::Bool(Vec::with_capacity(rows)),
            Kind::Multi => {
                let field = Arc::new(Field::new("element", types::TEXT, true));
                Self::Multi(ListBuilder::with_capacity(StringBuilder::new(), rows).with_field(field))
            }
        }
    }

    /// Append a value, converted to the column's kind; what cannot be converted is null.
    pub(crate) fn push(&mut self, item: Item<'_>) {
        match self {
            Self::Null(rows) => *rows += 1,
            Self::Text(builder) => builder.append_option(item.text()),
            Self::Number(builder) => builder.append_option(item.number()),
            Self::Bool(values) => values.push(if let Item::Bool(value) = item { Some(value) } else { None }),
            Self::Multi(builder) => {
                let present = item != Item::Null;
                match item {
                    Item::Multi(values) => values.into_iter().for_each(|value| builder.values().append_value(value)),
                    item => item.text().into_iter().for_each(|value| builder.values().append_value(value)),
                }
                builder.append(present);
            }
        }
    }

    /// Append values; none is null.
    pub(crate) fn push_values<T: AsRef<str>>(&mut self, values: &[T]) {
        self.push(match values {
            [] => Item::Null,
            values => Item::Multi(values.iter().map(AsRef::as_ref).collect()),
        });
    }

    /// The column.
    pub(crate) fn finish(self) -> ArrayRef {
        match self {
            Self::Null(rows) => new_null_array(&DataType::Null, rows),
            Self::Text(mut builder) => Arc::new(builder.finish()),
            Self::Number(mut builder) => Arc::new(builder.finish()),
            Self::Bool(values) => Arc::new(BooleanArray::from(values)),
            Self::Multi(mut builder) => Arc::new(builder.finish()),
        }
    }
}
