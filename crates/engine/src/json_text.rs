//! JSON texts: read, looked into along a path, changed, written.
//!
//! A field holds JSON as text. Source: "JSON functions".

use serde_json::Value;

use crate::column::{Input, Item};
use crate::convert::number_text;

mod path;

pub(crate) use path::Path;

/// A JSON text read. `None` when it is none.
pub(crate) fn parse(text: &str) -> Option<Value> {
    // The error says only where it stops being JSON, and Splunk's functions say nothing at all.
    serde_json::from_str(text).ok()
}

/// A row's value read as JSON: its text.
pub(crate) fn read(input: &Input, row: usize) -> Option<Value> {
    parse(&input.text(row)?)
}

/// A row's JSON array.
pub(crate) fn array(input: &Input, row: usize) -> Option<Vec<Value>> {
    match read(input, row)? {
        Value::Array(elements) => Some(elements),
        _ => None,
    }
}

/// A row's JSON object.
pub(crate) fn object(input: &Input, row: usize) -> Option<serde_json::Map<String, Value>> {
    match read(input, row)? {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

/// JSON as text, without blanks; numbers as they print everywhere.
pub(crate) fn write(value: &Value) -> String {
    let mut out = String::new();
    push(value, &mut out);
    out
}

fn push(value: &Value, out: &mut String) {
    match value {
        Value::Array(elements) => {
            out.push('[');
            for (at, element) in elements.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                push(element, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (at, (key, member)) in members.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                push(member, out);
            }
            out.push('}');
        }
        Value::Number(number) => out.push_str(&written(number)),
        scalar => out.push_str(&scalar.to_string()),
    }
}

fn written(number: &serde_json::Number) -> String {
    match number.as_f64() {
        Some(double) if number.is_f64() => number_text(double),
        _ => number.to_string(),
    }
}

/// A value as a field holds it: a string without its quotes, an array or an object as its text, nothing for null.
pub(crate) fn native(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(write(other)),
    }
}

/// A field's value inside a JSON text. `literal` text is written out in the search and is a string. Other text that is an object,
/// an array or a number is that, so that what one function made can be put into another (manual: "JSON functions", a nested
/// object; "Evaluate and manipulate fields": fields hold numbers as text). Several values are an array of strings.
pub(crate) fn of(item: &Item<'_>, literal: bool) -> Value {
    match item {
        Item::Null => Value::Null,
        Item::Bool(value) => Value::Bool(*value),
        Item::Number(number) => of_number(*number),
        Item::Multi(values) => values.iter().copied().map(Value::from).collect(),
        Item::Text(text) if literal => Value::from(text.as_ref()),
        Item::Text(text) => match parse(text) {
            Some(value @ (Value::Array(_) | Value::Object(_) | Value::Number(_))) => value,
            _ => Value::from(text.as_ref()),
        },
    }
}

/// Whole numbers without a point. What is no number or infinite has no form in JSON, and is null.
fn of_number(number: f64) -> Value {
    match crate::convert::whole(number) {
        Some(whole) if number.fract() == 0.0 => Value::from(whole),
        _ => Value::from(number),
    }
}

#[cfg(test)]
mod tests;
