//! Values and rows as SPL knows them.

mod number;
mod order;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::Arc;

pub use number::{format_number, format_time, parse_number, push_number};
pub use order::{compare_text, eval_order, sort_order, text_order};

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

impl Value {
    /// Text.
    pub fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Text(text.into())
    }

    /// True when there is no value.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// It as a number: a number, or text that is one.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => parse_number(text),
            Self::Null | Self::Bool(_) | Self::Multi(_) => None,
        }
    }

    /// It as Splunk prints it; null has no text. Several values stand on a line each (manual: "nomv command").
    pub fn to_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Null => None,
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Number(number) => Some(Cow::Owned(format_number(*number))),
            Self::Bool(value) => Some(Cow::Borrowed(if *value { "True" } else { "False" })),
            Self::Multi(values) => {
                let lines: Vec<Cow<'_, str>> = values.iter().filter_map(Self::to_text).collect();
                Some(Cow::Owned(lines.join("\n")))
            }
        }
    }
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
