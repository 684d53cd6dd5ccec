//! Comma-separated values with a header line (RFC 4180): quoted cells may hold commas, quotes and line breaks.
//!
//! Field names are the header's, cleaned as Splunk cleans those of structured files: what is no letter, digit, `_`
//! or `.` becomes `_` (`Subject/Title` is `Subject_Title`). An empty cell is no field.

use std::borrow::Cow;

/// A row may not be longer than this when the form is guessed.
const FIRST_ROWS: usize = 64 << 10;

/// True when the text begins with a header: three or more names, and a second row as wide.
pub(crate) fn looks_like_csv(text: &str) -> bool {
    let text = text.get(..text.floor_char_boundary(FIRST_ROWS)).unwrap_or(text);
    let Some((header, after)) = Row::read(text) else {
        return false;
    };
    let names_things = |cell: &Cow<'_, str>| {
        let cell = cell.trim();
        !cell.is_empty() && cell.len() < 100 && !cell.contains(['=', '\n']) && cell.parse::<f64>().is_err()
    };
    let mut names: Vec<&str> = header.cells.iter().map(|cell| cell.trim()).collect();
    names.sort_unstable();
    names.dedup();
    let is_header =
        header.cells.len() >= 3 && names.len() == header.cells.len() && header.cells.iter().all(names_things);
    let body = text.get(after..).unwrap_or("");
    let second = Row::read(body);
    is_header
        && second.is_some_and(|(second, end)| {
            second.cells.len() == header.cells.len() || end == body.len() && !second.closed
        })
}

/// One row.
pub(crate) struct Row<'t> {
    pub(crate) cells: Vec<Cow<'t, str>>,
    /// False when a quoted cell had no closing quote.
    pub(crate) closed: bool,
}

impl<'t> Row<'t> {
    /// The row at the start of `text`, and where the next begins; `None` at the end.
    pub(crate) fn read(text: &'t str) -> Option<(Self, usize)> {
        if text.is_empty() {
            return None;
        }
        let mut row = Self { cells: Vec::new(), closed: true };
        let mut at = 0;
        loop {
            let rest = text.get(at..).unwrap_or("");
            let (cell, length, closed) = if rest.starts_with('"') { quoted(rest) } else { bare(rest) };
            row.closed &= closed;
            row.cells.push(cell);
            at += length;
            match text.as_bytes().get(at) {
                Some(b',') => at += 1,
                Some(b'\r') if text.as_bytes().get(at + 1) == Some(&b'\n') => {
                    return Some((row, at + 2));
                }
                Some(_) => return Some((row, at + 1)),
                None => return Some((row, at)),
            }
        }
    }
}

/// A cell without quotes: up to the comma or the line's end.
fn bare(text: &str) -> (Cow<'_, str>, usize, bool) {
    let end = memchr::memchr2(b',', b'\n', text.as_bytes()).unwrap_or(text.len());
    let cell = text.get(..end).unwrap_or("");
    let cell = if text.as_bytes().get(end) == Some(&b',') { cell } else { cell.strip_suffix('\r').unwrap_or(cell) };
    (Cow::Borrowed(cell), cell.len(), true)
}

/// A cell in quotes; two quotes inside are one. What stands between the closing quote and the comma is kept.
fn quoted(text: &str) -> (Cow<'_, str>, usize, bool) {
    let mut value: Cow<'_, str> = Cow::Borrowed("");
    let mut at = 1;
    loop {
        let rest = text.get(at..).unwrap_or("");
        let Some(length) = memchr::memchr(b'"', rest.as_bytes()) else {
            append(&mut value, rest);
            return (value, text.len(), false);
        };
        append(&mut value, rest.get(..length).unwrap_or(""));
        at += length + 1;
        if text.as_bytes().get(at) != Some(&b'"') {
            break;
        }
        append(&mut value, "\"");
        at += 1;
    }
    let (tail, length, _) = bare(text.get(at..).unwrap_or(""));
    append(&mut value, &tail.into_owned());
    (value, at + length, true)
}

fn append<'t>(value: &mut Cow<'t, str>, more: &(impl AsRef<str> + ?Sized)) {
    if !more.as_ref().is_empty() {
        value.to_mut().push_str(more.as_ref());
    }
}

/// A header's cell as a field name.
pub(crate) fn field_name(cell: &str) -> String {
    cell.trim()
        .chars()
        .map(|character| if character.is_ascii_alphanumeric() || "_.".contains(character) { character } else { '_' })
        .collect()
}

#[cfg(test)]
mod tests;
