//! `extract`: the pairs of key and value in `_raw`.
//!
//! Source: Search Reference, "extract"; "transforms.conf" for cleaned keys, for delimiters that follow each other, which are as
//! one, and for a field that exists, which keeps its value unless `mv_add` is set. Our reading: blanks around keys and values do
//! not belong to them; quotes keep delimiters in a value; a pair without a key or a value is none.

use datafusion::common::Result;

use super::overlay::{Wins, overlay};
use crate::column::Item;
use crate::table::{Grid, Table};

/// How pairs are found and named.
pub(super) struct Rules<'a> {
    /// Characters between pairs, and between key and value. Without them, `key=value`.
    pub(super) delimiters: Option<(&'a str, &'a str)>,
    pub(super) clean_keys: bool,
    pub(super) mv_add: bool,
    /// Most pairs.
    pub(super) limit: u64,
    /// Characters looked at.
    pub(super) max_chars: u64,
}

pub(super) fn apply(table: Table, rules: &Rules<'_>) -> Result<Table> {
    let Some(raw) = table.input("_raw")? else { return Ok(table) };
    let mut made = Grid::new(table.len());
    let most = usize::try_from(rules.limit).unwrap_or(usize::MAX);
    for row in 0..table.len() {
        let Some(text) = raw.text(row) else { continue };
        let seen = usize::try_from(rules.max_chars).unwrap_or(usize::MAX);
        let end = text.char_indices().nth(seen).map_or(text.len(), |(at, _)| at);
        let text = text.get(..end).unwrap_or(&text);
        let pairs = match rules.delimiters {
            Some((pairs, keys)) => delimited(text, pairs, keys),
            None => automatic(text),
        };
        for (key, value) in pairs.into_iter().take(most) {
            let key = if rules.clean_keys { cleaned(key) } else { key.to_owned() };
            if !key.is_empty() && (rules.mv_add || made.get(row, &key).is_none_or(|cell| *cell == Default::default())) {
                made.add(row, &key, value.to_owned());
            }
        }
    }
    if rules.mv_add {
        add_known(&table, &mut made)?;
        return overlay(table, made, Wins::New);
    }
    overlay(table, made, Wins::Old)
}

/// Values that there are come before those that were found.
fn add_known(table: &Table, made: &mut Grid) -> Result<()> {
    for (name, _) in table.columns() {
        let Some(known) = table.input(name)? else { continue };
        for row in 0..table.len() {
            let found = match made.get(row, name) {
                Some(crate::table::Cell::Text(value)) => vec![value.clone()],
                Some(crate::table::Cell::Multi(values)) => values.clone(),
                _ => continue,
            };
            if known.item(row) != Item::Null {
                let mut all: Vec<String> = known.values(row).into_iter().map(|value| value.into_owned()).collect();
                all.extend(found);
                made.set(row, name, crate::table::Cell::Multi(all));
            }
        }
    }
    Ok(())
}

/// `a:b;c:d`. A pair in which the sign between key and value comes again is none, as the manual says.
fn delimited<'t>(text: &'t str, pairs: &str, keys: &str) -> Vec<(&'t str, &'t str)> {
    let mut found = Vec::new();
    for pair in split(text, pairs) {
        let Some((key, value)) = pair.split_once(|c: char| keys.contains(c)) else { continue };
        let (key, value) = (key.trim(), value.trim());
        let quoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        let again = quoted.is_none() && value.contains(|c: char| keys.contains(c));
        let value = quoted.unwrap_or(value);
        if !key.is_empty() && !value.is_empty() && !again {
            found.push((key.trim_matches('"'), value));
        }
    }
    found
}

/// The parts between delimiters, but for those in double quotes.
fn split<'t>(text: &'t str, delimiters: &str) -> Vec<&'t str> {
    let (mut parts, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        if c == '"' {
            quoted = !quoted;
        } else if !quoted && delimiters.contains(c) {
            parts.extend(text.get(start..at));
            start = at + c.len_utf8();
        }
    }
    parts.extend(text.get(start..));
    parts
}

/// `key=value` and `key="a value"`. Manual, "Configure automatic key-value field extraction": pairs are parted by an equals
/// sign, and a value with blanks is in quotes. That a blank, a comma, a semicolon, `&`, `|` or a bracket ends a value is our
/// reading.
fn automatic(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('=') {
        let key = before.rsplit(|c: char| !is_key(c)).next().unwrap_or("");
        let (value, after) = match behind.strip_prefix('"').and_then(|inside| inside.split_once('"')) {
            Some(quoted) => quoted,
            None => behind.split_at(behind.find(ends_value).unwrap_or(behind.len())),
        };
        // `==` and `a= b` are no pairs.
        if !key.is_empty() && !value.is_empty() && !value.starts_with('=') {
            found.push((key, value));
            rest = after;
        } else {
            rest = behind;
        }
    }
    found
}

fn is_key(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | ':')
}

fn ends_value(c: char) -> bool {
    c.is_whitespace() || ",;&|()[]{}<>\"'".contains(c)
}

/// Manual, "transforms.conf" (`CLEAN_KEYS`): what is no letter and no digit becomes `_`; `_` and digits at the start go.
pub(super) fn cleaned(key: &str) -> String {
    let cleaned: String = key.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    cleaned.trim_start_matches(|c: char| c == '_' || c.is_ascii_digit()).to_owned()
}

#[cfg(test)]
mod tests;
