//! Values and rows as SPL knows them.

use std::sync::Arc;

/// A value of a field in a result row. A missing field and null are the same; null and `""` differ.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// No value.
    Null,
    /// Text.
    Text(Arc<str>),
    /// A number; times are epoch seconds.
    Number(f64),
    /// True or false: only inside eval, never in a stored field.
    Bool(bool),
    /// Several values, in order.
    Multi(Vec<Value>),
}

/// A result row: fields in the order of the last command.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Name and value; null values may be left out.
    pub fields: Vec<(Arc<str>, Value)>,
}

impl Row {
    /// The value of a field; `Null` when absent.
    pub fn get(&self, name: &str) -> &Value {
        self.fields.iter().find(|(field, _)| &**field == name).map_or(&Value::Null, |(_, value)| value)
    }
}
