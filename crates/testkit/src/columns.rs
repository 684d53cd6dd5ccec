//! Rows of golden files as columns.

use event::{Column, Columns, MultiColumn, TextColumn};
use serde_json::{Map, Value};

/// Rows as columns: `_time` in epoch seconds is the time, an array is a multivalue, all else is text. A row without
/// `_time` has time 0.
pub fn columns_of(rows: &[Map<String, Value>]) -> Columns {
    let mut names: Vec<&str> = Vec::new();
    for name in rows.iter().flat_map(Map::keys) {
        if name != "_time" && !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let mut columns: Vec<(String, Column)> =
        names.into_iter().map(|name| (name.to_owned(), column(name, rows))).collect();
    columns.push(("_time".to_owned(), Column::Time(rows.iter().map(time).collect())));
    Columns { rows: rows.len(), columns }
}

#[expect(clippy::cast_possible_truncation, reason = "times of tests are small")]
fn time(row: &Map<String, Value>) -> i64 {
    row.get("_time").and_then(Value::as_f64).map_or(0, |seconds| (seconds * 1e6).round() as i64)
}

fn column(name: &str, rows: &[Map<String, Value>]) -> Column {
    let values = || rows.iter().map(|row| row.get(name).map(texts).unwrap_or_default());
    if rows.iter().any(|row| row.get(name).is_some_and(Value::is_array)) {
        let mut multi = MultiColumn::default();
        values().for_each(|values| multi.push(values.iter().map(String::as_str)));
        return Column::Multi(multi);
    }
    let mut text = TextColumn::default();
    values().for_each(|values| text.push(values.first().map(String::as_str)));
    Column::Text(text)
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        other => vec![other.to_string()],
    }
}
