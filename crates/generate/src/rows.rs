//! Generated rows, and the tables that they are put in.

use std::collections::BTreeMap;

use cim::DatasetId;
use event::{Column, Columns, MultiColumn, TextColumn};
use normalize::TableId;
use serde_json::{Map, Value as Json};
use spl::value::Value;

/// The sourcetype of events of which none is asked for.
const SOURCETYPE: &str = "generated";

/// Rows by table, and rows for lookups that nobody has filled.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    /// Rows of tables: fields and their values.
    pub tables: BTreeMap<TableId, Vec<Vec<(String, Value)>>>,
    /// Rows of lookups.
    pub lookups: BTreeMap<String, Vec<Vec<(String, String)>>>,
}

/// The kind of table that rows are put in.
pub(crate) enum Table {
    Dataset(DatasetId),
    Events,
}

impl Rows {
    /// Number of rows in tables.
    pub fn len(&self) -> usize {
        self.tables.values().map(Vec::len).sum()
    }

    /// True when there is no row in any table.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn add(&mut self, table: &Table, mut row: Vec<(String, Value)>, time: f64) {
        let text_of = |row: &[(String, Value)], name: &str| {
            row.iter()
                .find(|(known, _)| known == name)
                .and_then(|(_, value)| value.to_text().map(|text| text.into_owned()))
        };
        if text_of(&row, "_time").is_none() {
            row.push(("_time".to_owned(), Value::Number(time)));
        }
        let id = match table {
            Table::Dataset(id) => TableId::Dataset(*id),
            Table::Events => {
                let sourcetype = text_of(&row, "sourcetype").unwrap_or_else(|| {
                    row.push(("sourcetype".to_owned(), Value::text(SOURCETYPE)));
                    SOURCETYPE.to_owned()
                });
                if text_of(&row, "_raw").is_none() {
                    row.push(("_raw".to_owned(), Value::text(raw(&row))));
                }
                TableId::Events(sourcetype)
            }
        };
        self.tables.entry(id).or_default().push(row);
    }

    /// The rows as tables have them.
    pub(crate) fn columns(&self) -> BTreeMap<TableId, Columns> {
        self.tables.iter().map(|(id, rows)| (id.clone(), columns(rows))).collect()
    }

    /// The rows as JSON objects, with the table's name.
    pub fn to_json(&self) -> Vec<(String, Json)> {
        let object = |row: &Vec<(String, Value)>| {
            let fields = row.iter().map(|(name, value)| (name.clone(), json(value)));
            Json::Object(fields.collect::<Map<String, Json>>())
        };
        let mut all = Vec::new();
        for (id, rows) in &self.tables {
            all.extend(rows.iter().map(|row| (id.to_string(), object(row))));
        }
        for (name, rows) in &self.lookups {
            let object = |row: &Vec<(String, String)>| {
                let fields = row.iter().map(|(name, value)| (name.clone(), Json::String(value.clone())));
                Json::Object(fields.collect())
            };
            all.extend(rows.iter().map(|row| (format!("lookup {name}"), object(row))));
        }
        all
    }
}

fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Number(number) => serde_json::Number::from_f64(*number).map_or(Json::Null, Json::Number),
        Value::Bool(value) => Json::Bool(*value),
        Value::Text(text) => Json::String(text.to_string()),
        Value::Multi(values) => Json::Array(values.iter().map(json).collect()),
    }
}

/// The text of an event of which none is asked for: its fields.
fn raw(row: &[(String, Value)]) -> String {
    let pairs = row.iter().filter(|(name, _)| !name.starts_with('_'));
    let pairs = pairs.map(|(name, value)| format!("{name}=\"{}\"", value.to_text().unwrap_or_default()));
    pairs.collect::<Vec<_>>().join(" ")
}

fn columns(rows: &[Vec<(String, Value)>]) -> Columns {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in rows.iter().flatten() {
        if name != "_time" && !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let value = |row: &'_ [(String, Value)], name: &str| {
        row.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    };
    let mut columns = Vec::new();
    for name in names {
        let values: Vec<Vec<String>> = rows.iter().map(|row| texts(value(row, name))).collect();
        let column = if values.iter().any(|values| values.len() > 1) {
            let mut column = MultiColumn::default();
            values.iter().for_each(|values| column.push(values.iter().map(String::as_str)));
            Column::Multi(column)
        } else {
            let mut column = TextColumn::default();
            values.iter().for_each(|values| column.push(values.first().map(String::as_str)));
            Column::Text(column)
        };
        columns.push((name.to_owned(), column));
    }
    #[expect(clippy::cast_possible_truncation, reason = "times of our own making")]
    let micros = |row: &Vec<(String, Value)>| {
        value(row, "_time").and_then(|time| time.as_number()).map_or(0, |seconds| (seconds * 1e6).round() as i64)
    };
    columns.push(("_time".to_owned(), Column::Time(rows.iter().map(micros).collect())));
    Columns { rows: rows.len(), columns }
}

fn texts(value: Option<Value>) -> Vec<String> {
    match value {
        Some(Value::Multi(values)) => values.into_iter().flat_map(|value| texts(Some(value))).collect(),
        Some(value) => value.to_text().map(|text| text.into_owned()).into_iter().collect(),
        None => Vec::new(),
    }
}
