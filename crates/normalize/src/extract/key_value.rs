//! `key=value` pairs in text.
//!
//! Without delimiters of its own it works as Splunk's automatic extraction (`KV_MODE = auto`, props.conf): a key is a word,
//! a value runs to a blank, comma, semicolon, `&` or `|`, or stands in quotes. Keys are cleaned (`CLEAN_KEYS`), and the first
//! value of a key stays.

use super::steps::Place;

/// What stands between pairs, and between a key and its value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Delimiters {
    /// Any of these characters; `None` is automatic.
    pub(crate) pairs: Option<Box<str>>,
    /// Any of these; `None` is `=`.
    pub(crate) key: Option<Box<str>>,
}

type Found = Vec<(Box<str>, Place)>;

pub(super) fn find(text: &str, delimiters: &Delimiters, found: &mut Found, made: &mut String) {
    match &delimiters.pairs {
        None => automatic(text, delimiters.key.as_deref().unwrap_or("="), found, made),
        Some(pairs) => delimited(text, pairs, delimiters.key.as_deref().unwrap_or("="), found),
    }
}

fn add(name: &str, place: Place, found: &mut Found) {
    let mut clean = String::with_capacity(name.len());
    for character in name.trim().chars() {
        let is_word = character.is_ascii_alphanumeric() || character == '_';
        if is_word || !clean.is_empty() {
            clean.push(if is_word { character } else { '_' });
        }
    }
    let clean = clean.trim_start_matches('_');
    if !clean.is_empty() && found.iter().all(|(known, _)| **known != *clean) {
        found.push((clean.into(), place));
    }
}

fn is_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b':')
}

/// Pairs wherever a word stands in front of the delimiter.
fn automatic(text: &str, key_ends: &str, found: &mut Found, made: &mut String) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(sign) = text.get(at..).and_then(|rest| rest.find(|c| key_ends.contains(c))).map(|length| at + length)
    {
        let key = bytes.get(at..sign).unwrap_or(&[]);
        let length = key.iter().rev().take_while(|byte| is_key(**byte)).count();
        let key = text.get(sign - length..sign).unwrap_or("");
        let start = sign + 1;
        let (place, next) = value(text, start, made);
        if key.bytes().any(|byte| byte.is_ascii_alphabetic()) {
            add(key, place, found);
        }
        at = next.max(start);
    }
}

/// The value at `start` and where to go on.
fn value(text: &str, start: usize, made: &mut String) -> (Place, usize) {
    let rest = text.get(start..).unwrap_or("");
    if let Some(inside) = rest.strip_prefix('"')
        && let Some(end) = closing_quote(inside)
    {
        let value = inside.get(..end).unwrap_or("");
        let place = if value.contains("\\\"") {
            let from = made.len();
            made.push_str(&value.replace("\\\"", "\""));
            Place::Made(from..made.len())
        } else {
            Place::Text(start + 1..start + 1 + end)
        };
        return (place, start + end + 2);
    }
    if let Some(inside) = rest.strip_prefix('\'')
        && let Some(end) = inside.find('\'')
    {
        // auditd puts further pairs into single quotes: `msg='op=login acct="root"'`.
        let has_pairs = inside.get(..end).is_some_and(|value| value.contains('='));
        return (Place::Text(start + 1..start + 1 + end), if has_pairs { start + 1 } else { start + end + 2 });
    }
    // auditd puts a group separator in front of what it has interpreted.
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '&' | '|' | '\u{1d}');
    let length = rest.find(ends).unwrap_or(rest.len());
    let value = rest.get(..length).unwrap_or("");
    // The last pair of a group in quotes or brackets.
    let kept = value.trim_end_matches(['\'', '"', ')', ']', '}']);
    let is_balanced = value.contains(['(', '[', '{']);
    let length = if is_balanced { length } else { kept.len() };
    (Place::Text(start..start + length), start + length)
}

/// Where the closing quote stands; a backslash protects one.
fn closing_quote(inside: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let end = from + inside.get(from..)?.find('"')?;
        let backslashes = inside.get(..end)?.bytes().rev().take_while(|byte| *byte == b'\\').count();
        // A Windows path may end in one backslash before the quote that ends the value.
        let ends = inside.get(end + 1..).is_none_or(|rest| rest.is_empty() || rest.starts_with([' ', ',', ';', '\n']));
        if backslashes % 2 == 0 || ends {
            return Some(end);
        }
        from = end + 1;
    }
}

/// Where the quote stands that ends a value between delimiters: a delimiter or nothing comes behind it, and a doubled quote
/// stands for itself.
fn last_quote(inside: &str, pairs: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let end = from + inside.get(from..)?.find('"')?;
        let rest = inside.get(end + 1..).unwrap_or("");
        let is_doubled = rest.starts_with('"') && end > 0;
        if !is_doubled && (rest.is_empty() || rest.starts_with(|c: char| pairs.contains(c) || c.is_whitespace())) {
            return Some(end);
        }
        from = if is_doubled { end + 2 } else { end + 1 };
    }
}

/// Pairs between delimiters, as `extract pairdelim kvdelim` reads them.
fn delimited(text: &str, pairs: &str, key_ends: &str, found: &mut Found) {
    let mut at = 0;
    while at < text.len() {
        let rest = text.get(at..).unwrap_or("");
        let Some(sign) = rest.find(|c| key_ends.contains(c) || pairs.contains(c)) else { return };
        let after = at + sign + rest.get(sign..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        if rest.get(sign..).is_some_and(|rest| rest.starts_with(|c| pairs.contains(c) && !key_ends.contains(c))) {
            at = after;
            continue;
        }
        let key = rest.get(..sign).unwrap_or("");
        let value = text.get(after..).unwrap_or("");
        let blank = value.len() - value.trim_start_matches(' ').len();
        let blank = if pairs.contains(' ') { 0 } else { blank };
        let value = value.get(blank..).unwrap_or("");
        let start = after + blank;
        let (range, next) = match value.strip_prefix('"').and_then(|inside| last_quote(inside, pairs)) {
            Some(end) => (start + 1..start + 1 + end, start + end + 2),
            None => {
                let length = value.find(|c| pairs.contains(c)).unwrap_or(value.len());
                (start..start + value.get(..length).unwrap_or("").trim_end().len(), start + length)
            }
        };
        add(key, Place::Text(range), found);
        at = next;
    }
}
