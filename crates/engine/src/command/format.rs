//! `format`: all rows as search terms in one field.
//!
//! Source: Search Reference, "format". Fields come in the order of their names, those whose names begin with `_` are left
//! out, and so are fields without a value (our reading). A value stands in quotes, its own quotes and backslashes escaped.

use std::borrow::Cow;

use datafusion::common::Result;
use plan::Format;

use crate::column::Input;
use crate::table::{Cell, Grid, Table};

pub(super) fn apply(table: &Table, format: &Format) -> Result<Table> {
    let inputs = table.inputs()?;
    let mut columns: Vec<(&str, &Input)> =
        table.columns().iter().zip(&inputs).map(|((name, _), input)| (name.as_str(), input)).collect();
    columns.retain(|(name, _)| !name.starts_with('_'));
    columns.sort_by_key(|(name, _)| *name);
    let most = match format.max_results {
        0 => table.len(),
        most => usize::try_from(most).unwrap_or(usize::MAX),
    };
    let [row_prefix, column_prefix, column_separator, column_end, row_separator, row_end] = &format.strings;
    let mut rows = Vec::new();
    for row in 0..table.len().min(most) {
        let terms: Vec<String> =
            columns.iter().filter_map(|(name, input)| terms(name, &input.values(row), format)).collect();
        if !terms.is_empty() {
            rows.push(joined(&[column_prefix, &joined(&terms, column_separator), column_end], ""));
        }
    }
    let text = if rows.is_empty() {
        format.empty.clone()
    } else {
        joined(&[row_prefix, &joined(&rows, row_separator), row_end], "")
    };
    one("search", text)
}

/// A table of one row and one field.
pub(super) fn one(name: &str, text: String) -> Result<Table> {
    let mut grid = Grid::new(1);
    grid.set(0, name, Cell::Text(text));
    grid.finish()
}

/// `name="value"`, or all values of it in parentheses.
fn terms(name: &str, values: &[Cow<'_, str>], format: &Format) -> Option<String> {
    // Written as they stand (manual: "About subsearches").
    let is_text = matches!(name, "search" | "query");
    let term = |value: &Cow<'_, str>| if is_text { value.to_string() } else { format!("{name}={}", quoted(value)) };
    let written: Vec<String> = values.iter().map(term).collect();
    match written.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        several => Some(format!("( {} )", joined(several, &format.mv_separator))),
    }
}

/// A value in double quotes.
pub(super) fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Pieces with a separator between them, and blanks around what is not empty.
fn joined<T: AsRef<str>>(pieces: &[T], separator: &str) -> String {
    let mut text = String::new();
    for (at, piece) in pieces.iter().map(AsRef::as_ref).enumerate() {
        let separator = if at == 0 { "" } else { separator };
        for part in [separator, piece] {
            if !text.is_empty() && !part.is_empty() {
                text.push(' ');
            }
            text.push_str(part);
        }
    }
    text
}
