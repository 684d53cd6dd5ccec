//! `multikv`: a row of each line of a table in `_raw`.
//!
//! Source: Search Reference, "multikv". It names no rule for finding the header, so this is our reading: the first line of words
//! that has no number in it, capitalised lines before others; where it has commas, the table is one of commas, else of columns
//! parted by blanks. Names are cleaned as `extract` cleans keys; values stand as they are written, quotes included. A row that
//! gives no line stays.

use datafusion::common::Result;
use plan::Multikv;

use super::extract::cleaned;
use super::overlay::{Wins, overlay};
use crate::table::{Grid, Table};

/// Fields that a row keeps with `copyattrs=f`.
const DEFAULT_FIELDS: &[&str] = &["host", "source", "sourcetype", "index"];

/// A line of a table: its text and the cells by name.
struct Line {
    text: String,
    cells: Vec<(String, String)>,
}

pub(super) fn apply(table: Table, multikv: &Multikv) -> Result<Table> {
    let Some(raw) = table.input("_raw")? else { return Ok(table) };
    let (mut rows, mut lines) = (Vec::new(), Vec::new());
    for row in 0..table.len() {
        let found = raw.text(row).map(|text| read(&text, multikv)).unwrap_or_default();
        if multikv.keep_original || found.is_empty() {
            rows.push(Some(row));
            lines.push(None);
        }
        for line in found {
            rows.push(Some(row));
            lines.push(Some(line));
        }
    }
    let mut made = Grid::new(rows.len());
    for (row, line) in lines.into_iter().enumerate() {
        let Some(line) = line else { continue };
        made.add(row, "_raw", line.text);
        line.cells.into_iter().for_each(|(name, value)| made.set(row, &name, crate::table::Cell::Text(value)));
    }
    let mut copied = table.take(&rows)?;
    if multikv.default_fields_only {
        let kept = copied.columns().iter().map(|(name, _)| name.clone());
        let kept: Vec<String> =
            kept.filter(|name| name.starts_with('_') || DEFAULT_FIELDS.contains(&name.as_str())).collect();
        copied = copied.select(&kept);
    }
    overlay(copied, made, Wins::New)
}

fn read(text: &str, multikv: &Multikv) -> Vec<Line> {
    let all: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut header = None;
    let mut first = 0;
    if !multikv.no_header {
        let Some(at) = header_line(&all, multikv) else { return Vec::new() };
        header = all.get(at).map(|line| Header::new(line));
        first = at + 1;
    }
    let mut found = Vec::new();
    let mut blank = false;
    for line in all.get(first..).unwrap_or(&[]) {
        if line.trim().is_empty() {
            blank = true;
            continue;
        }
        // A second table begins behind an empty line.
        if blank && !multikv.one_table && !multikv.no_header && is_header(line, Case::Capitals) {
            header = Some(Header::new(line));
        } else if multikv.filter.is_empty() || multikv.filter.iter().any(|word| line.contains(word.as_str())) {
            let cells = match &header {
                Some(header) => header.cells(line),
                None => numbered(line),
            };
            let wanted = |name: &String| multikv.fields.is_empty() || multikv.fields.contains(name);
            let cells = cells.into_iter().filter(|(name, _)| wanted(name)).collect();
            found.push(Line { text: (*line).to_owned(), cells });
        }
        blank = false;
    }
    found
}

/// The line with the names.
fn header_line(lines: &[&str], multikv: &Multikv) -> Option<usize> {
    if let Some(line) = multikv.header_line {
        return usize::try_from(line).ok()?.checked_sub(1).filter(|at| *at < lines.len());
    }
    let find = |case| lines.iter().position(|line| is_header(line, case));
    find(Case::Capitals).or_else(|| find(Case::Any))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Capitals,
    Any,
}

/// Two words or more, none of which is a number.
fn is_header(line: &str, case: Case) -> bool {
    let words: Vec<&str> =
        line.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let name = |word: &&str| {
        let mut letters = word.trim_start_matches(|c: char| !c.is_alphanumeric()).chars();
        letters.next().is_some_and(|first| match case {
            Case::Capitals => first.is_uppercase(),
            Case::Any => first.is_alphabetic(),
        })
    };
    words.len() > 1 && words.iter().all(name)
}

struct Header {
    /// The columns: name, start and end in the line, counted in characters.
    columns: Vec<(String, usize, usize)>,
    commas: bool,
}

impl Header {
    fn new(line: &str) -> Self {
        let commas = line.contains(',');
        let words = if commas { commas_apart(line) } else { blanks_apart(line) };
        let columns = words.into_iter().map(|(word, start)| (cleaned(word), start, start + word.chars().count()));
        Self { columns: columns.collect(), commas }
    }

    fn cells(&self, line: &str) -> Vec<(String, String)> {
        let words = if self.commas { commas_apart(line) } else { blanks_apart(line) };
        let in_order = self.commas || words.len() >= self.columns.len();
        let mut cells: Vec<(usize, &str)> = Vec::new();
        for (at, (word, start)) in words.iter().enumerate() {
            let column = if in_order { Some(at) } else { self.column_at(*start, start + word.chars().count()) };
            cells.extend(column.map(|column| (column, *word)));
        }
        // The last column takes the rest of the line: a command with its arguments.
        if !self.commas
            && words.len() > self.columns.len()
            && let Some(last) = self.columns.len().checked_sub(1)
            && let Some((_, start)) = words.get(last)
        {
            cells.truncate(last);
            let rest = line.char_indices().nth(*start).and_then(|(at, _)| line.get(at..));
            cells.extend(rest.map(|rest| (last, rest)));
        }
        let named =
            cells.into_iter().filter_map(|(at, value)| Some((self.columns.get(at)?.0.clone(), value.to_owned())));
        named.filter(|(name, value)| !name.is_empty() && !value.is_empty()).collect()
    }

    /// The column that a word stands under.
    fn column_at(&self, start: usize, end: usize) -> Option<usize> {
        let overlap = |(_, from, to): &(String, usize, usize)| end.min(*to).saturating_sub(start.max(*from));
        let best = self.columns.iter().enumerate().max_by_key(|(at, column)| (overlap(column), usize::MAX - at));
        best.filter(|(_, column)| overlap(column) > 0).map(|(at, _)| at)
    }
}

/// `Column_1`, `Column_2`, as multikv.conf names columns without a header.
fn numbered(line: &str) -> Vec<(String, String)> {
    let words = if line.contains(',') { commas_apart(line) } else { blanks_apart(line) };
    words.into_iter().enumerate().map(|(at, (word, _))| (format!("Column_{}", at + 1), word.to_owned())).collect()
}

/// Words and where each begins, in characters.
fn blanks_apart(line: &str) -> Vec<(&str, usize)> {
    let mut words = Vec::new();
    let mut start: Option<(usize, usize)> = None;
    for (at, (byte, c)) in line.char_indices().enumerate() {
        match (c.is_whitespace(), start) {
            (true, Some((from, place))) => {
                words.extend(line.get(from..byte).map(|word| (word, place)));
                start = None;
            }
            (false, None) => start = Some((byte, at)),
            _ => {}
        }
    }
    words.extend(start.and_then(|(from, place)| Some((line.get(from..)?, place))));
    words
}

/// Values between commas, but for those in double quotes.
fn commas_apart(line: &str) -> Vec<(&str, usize)> {
    let (mut values, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in line.char_indices() {
        if c == '"' {
            quoted = !quoted;
        } else if c == ',' && !quoted {
            values.extend(line.get(start..at));
            start = at + 1;
        }
    }
    values.extend(line.get(start..));
    values.into_iter().map(|value| (value.trim(), 0)).collect()
}

#[cfg(test)]
mod tests;
