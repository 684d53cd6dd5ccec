//! Result rows as text, JSON, NDJSON and CSV.

use std::fmt::Write as _;

use rba::row_to_json;
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

/// Objects in a machine's format; CSV takes its header from the fields of all of them, in the order they are met.
pub(crate) fn objects(objects: Vec<Map<String, Json>>, format: OutputFormat) -> anyhow::Result<String> {
    let mut page = String::new();
    match format {
        OutputFormat::Csv => page = csv(&objects),
        OutputFormat::Json => writeln!(page, "{}", serde_json::to_string_pretty(&objects)?)?,
        OutputFormat::Ndjson | OutputFormat::Text => {
            for object in &objects {
                writeln!(page, "{}", serde_json::to_string(object)?)?;
            }
        }
    }
    Ok(page)
}

fn csv(objects: &[Map<String, Json>]) -> String {
    let names = field_names(objects.iter().flat_map(|object| object.keys()));
    let mut page = String::new();
    push_csv_line(&mut page, names.iter().map(String::as_str).map(str::to_owned));
    for object in objects {
        push_csv_line(&mut page, names.iter().map(|name| object.get(name).map(cell).unwrap_or_default()));
    }
    page
}

/// RFC 4180: quotes around what holds a comma, a quote or a line break; CRLF at the end of a line.
fn push_csv_line(page: &mut String, cells: impl Iterator<Item = String>) {
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

fn field_names<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    names.filter(|name| seen.insert(name.as_str())).cloned().collect()
}

fn text(rows: &[Row]) -> String {
    let objects: Vec<Map<String, Json>> = rows.iter().map(row_to_json).collect();
    let names = field_names(objects.iter().flat_map(|object| object.keys()));
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
}
