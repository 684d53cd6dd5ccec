//! Result rows as text, JSON, NDJSON and CSV.

use std::collections::HashSet;
use std::io::{self, Write};

use rba::row_to_json;
use serde::Serialize;
use serde_json::{Map, Value as Json};
use spl::value::Row;

use crate::args::OutputFormat;
use crate::table::{Align, Cell, Table};

/// Rows in a format.
pub(crate) fn render(rows: &[Row], format: OutputFormat) -> anyhow::Result<String> {
    if format == OutputFormat::Text {
        return Ok(text(rows));
    }
    objects(rows.iter().map(row_to_json).collect(), format)
}

/// Objects in a machine's format.
pub(crate) fn objects(objects: Vec<Map<String, Json>>, format: OutputFormat) -> anyhow::Result<String> {
    let mut page = Vec::new();
    match format {
        OutputFormat::Csv => {
            let mut header = CsvHeader::default();
            objects.iter().for_each(|object| header.add(object));
            header.write(&mut page)?;
            objects.iter().try_for_each(|object| header.write_line(object, &mut page))?;
        }
        OutputFormat::Json => {
            let mut array = JsonArray::new(&mut page);
            let mut element = Vec::new();
            for object in &objects {
                element.clear();
                write_json_element(object, &mut element)?;
                array.push(&element)?;
            }
            array.finish()?;
        }
        OutputFormat::Ndjson | OutputFormat::Text => {
            for object in &objects {
                serde_json::to_writer(&mut page, object)?;
                page.push(b'\n');
            }
        }
    }
    Ok(String::from_utf8(page)?)
}

/// An object as it stands in an array.
pub(crate) fn write_json_element<T: Serialize>(object: &T, into: &mut Vec<u8>) -> io::Result<()> {
    // A line break in a text is escaped, so those that there are begin lines.
    into.extend_from_slice(serde_json::to_string_pretty(object)?.replace('\n', "\n  ").as_bytes());
    Ok(())
}

/// The cells of an object by their columns. They are texts: numbers that are read again are not always those that were written.
pub(crate) fn write_csv_cells<T: Serialize>(object: &T, into: &mut Vec<u8>) -> io::Result<()> {
    let Json::Object(values) = serde_json::to_value(object)? else { return Ok(()) };
    let cells: Map<String, Json> = values.into_iter().map(|(name, value)| (name, Json::String(cell(&value)))).collect();
    Ok(serde_json::to_writer(into, &cells)?)
}

/// An array of objects, written one by one.
pub(crate) struct JsonArray<'w> {
    into: &'w mut dyn Write,
    is_empty: bool,
}

impl<'w> JsonArray<'w> {
    /// An array without any object yet.
    pub(crate) fn new(into: &'w mut dyn Write) -> Self {
        Self { into, is_empty: true }
    }

    /// One more, as [`write_json_element`] writes it.
    pub(crate) fn push(&mut self, element: &[u8]) -> io::Result<()> {
        self.into.write_all(if self.is_empty { b"[\n  " } else { b",\n  " })?;
        self.is_empty = false;
        self.into.write_all(element)
    }

    /// The end.
    pub(crate) fn finish(self) -> io::Result<()> {
        writeln!(self.into, "{}", if self.is_empty { "[]" } else { "\n]" })
    }
}

/// The names of the fields of all objects, in the order they are met.
#[derive(Debug, Default)]
pub(crate) struct CsvHeader {
    names: Vec<String>,
    known: HashSet<String>,
}

impl CsvHeader {
    /// The fields of one more object.
    pub(crate) fn add(&mut self, object: &Map<String, Json>) {
        for name in object.keys() {
            if !self.known.contains(name) {
                self.known.insert(name.clone());
                self.names.push(name.clone());
            }
        }
    }

    /// The header's line.
    pub(crate) fn write(&self, into: &mut dyn Write) -> io::Result<()> {
        into.write_all(csv_line(self.names.iter().cloned()).as_bytes())
    }

    /// The line of an object.
    pub(crate) fn write_line(&self, object: &Map<String, Json>, into: &mut dyn Write) -> io::Result<()> {
        let cells = self.names.iter().map(|name| object.get(name).map(cell).unwrap_or_default());
        into.write_all(csv_line(cells).as_bytes())
    }
}

/// RFC 4180: quotes around what holds a comma, a quote or a line break; CRLF at the end of a line.
fn csv_line(cells: impl Iterator<Item = String>) -> String {
    let mut page = String::new();
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            page.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            page.push('"');
            page.push_str(&cell.replace('"', "\"\""));
            page.push('"');
        } else {
            page.push_str(&cell);
        }
    }
    page.push_str("\r\n");
    page
}

/// A value as one cell; several values stand on lines of their own, as in Splunk's CSV export.
fn cell(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join("\n"),
        Json::Null => String::new(),
        other => other.to_string(),
    }
}

fn text(rows: &[Row]) -> String {
    let objects: Vec<Map<String, Json>> = rows.iter().map(row_to_json).collect();
    let mut header = CsvHeader::default();
    objects.iter().for_each(|object| header.add(object));
    let names = header.names;
    let is_number = |name: &String| objects.iter().all(|object| object.get(name).is_none_or(Json::is_number));
    let headings: Vec<(&str, Align)> =
        names.iter().map(|name| (name.as_str(), if is_number(name) { Align::Right } else { Align::Left })).collect();
    let mut table = Table::new(&headings);
    for object in &objects {
        let cells = names.iter().map(|name| Cell::plain(object.get(name).map(text_cell).unwrap_or_default()));
        table.push(cells.collect());
    }
    if rows.is_empty() { String::new() } else { table.render(crate::output::width()) }
}

fn text_cell(value: &Json) -> String {
    match value {
        Json::Array(values) => values.iter().map(text_cell).collect::<Vec<_>>().join(" | "),
        other => cell(other),
    }
}

#[cfg(test)]
mod tests {
    use spl::value::Value;

    use super::*;

    fn row(fields: &[(&str, Value)]) -> Row {
        Row { fields: fields.iter().map(|(name, value)| ((*name).into(), value.clone())).collect() }
    }

    fn rows() -> Vec<Row> {
        let values = vec![Value::Text("a, b".into()), Value::Text("c".into())];
        vec![
            row(&[("dest", Value::Text("WS-1".into())), ("count", Value::Number(3.0)), ("user", Value::Null)]),
            row(&[("dest", Value::Text("say \"hi\"".into())), ("process", Value::Multi(values))]),
        ]
    }

    #[test]
    fn ndjson_leaves_null_out_and_keeps_multivalues() {
        let page = render(&rows(), OutputFormat::Ndjson).expect("renders");
        assert_eq!(
            page,
            "{\"dest\":\"WS-1\",\"count\":3}\n{\"dest\":\"say \\\"hi\\\"\",\"process\":[\"a, b\",\"c\"]}\n"
        );
    }

    #[test]
    fn csv_quotes_what_needs_it() {
        let page = render(&rows(), OutputFormat::Csv).expect("renders");
        assert_eq!(page, "dest,count,process\r\nWS-1,3,\r\n\"say \"\"hi\"\"\",,\"a, b\nc\"\r\n");
    }

    #[test]
    fn digits_survive_being_kept() {
        // Of these `serde_json` reads other numbers than it wrote.
        for number in [271.0 / 3.0, 275.0 / 3.0, 0.1 + 0.2] {
            let object = row_to_json(&row(&[("mean", Value::Number(number))]));
            let mut element = Vec::new();
            write_json_element(&object, &mut element).expect("written");
            assert!(String::from_utf8_lossy(&element).contains(&number.to_string()), "{number}");
            let mut cells = Vec::new();
            write_csv_cells(&object, &mut cells).expect("written");
            let read: Map<String, Json> = serde_json::from_slice(&cells).expect("read again");
            let mut header = CsvHeader::default();
            header.add(&read);
            let mut line = Vec::new();
            header.write_line(&read, &mut line).expect("written");
            assert_eq!(String::from_utf8_lossy(&line).trim_end(), number.to_string());
        }
    }
}
