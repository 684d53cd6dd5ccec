//! Answers as text.

use std::fmt;

/// A value of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// No value.
    Null,
    /// One value, as printed.
    One(String),
    /// Several.
    Many(Vec<String>),
}

/// Rows of a search.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// One cell a column.
    pub rows: Vec<Vec<Cell>>,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let header = self.columns.iter().map(|name| written(name)).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(cell).collect());
        let lines: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
        let width =
            |column: usize| lines.iter().filter_map(|line| line.get(column)).map(|text| text.chars().count()).max();
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            for (column, text) in line.iter().enumerate() {
                let last = column + 1 == line.len();
                let pad = if last { 0 } else { width(column).unwrap_or(0) + 1 };
                write!(f, "{text:<pad$}")?;
            }
        }
        Ok(())
    }
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Null => "null".to_owned(),
        Cell::One(text) => written(text),
        Cell::Many(values) => format!("[{}]", values.iter().map(|value| written(value)).collect::<Vec<_>>().join(" ")),
    }
}

/// Text as it is, unless it could be taken for something else.
fn written(text: &str) -> String {
    let plain = !text.is_empty()
        && text != "null"
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "\"[]".contains(c));
    if plain { text.to_owned() } else { format!("{text:?}") }
}
