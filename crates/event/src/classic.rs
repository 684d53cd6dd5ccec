//! Classic Windows events (sourcetype `WinEventLog`): a time line, `key=value` lines, then `Message=` to the end.
//!
//! Fields as Splunk's own `wel-eq-kv`, `wel-message` and `wel-col-kv` extractions give them: each `key=value`, `Message`,
//! and each `Key: value` line of the message, whose key has every run of other characters as `_` and none in front
//! (`\tAccount Name:\t\tAda` is `Account_Name`). A key that repeats is a multivalue field.

use crate::builder::Builder;
use crate::detect::is_event_start;
use crate::time;

/// True when a classic event begins here: its time line, and a `key=` line under it.
pub(crate) fn starts(text: &str) -> bool {
    if !text.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return false;
    }
    let mut lines = text.lines();
    lines.next().is_some_and(|line| line.len() < 40 && time::classic(line.trim_end()).is_some())
        && lines.next().is_some_and(|line| key_value(line).is_some())
}

/// A `key=value` line: the key is a word.
fn key_value(line: &str) -> Option<(&str, &str)> {
    // The monitor of Active Directory indents the attributes of an object.
    let (key, value) = line.trim_start_matches('\t').split_once('=')?;
    let is_word = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_word.then_some((key, value))
}

/// Where the event that begins at the start of `text` ends: before the next event of a known form, without blank lines.
pub(crate) fn length(text: &str) -> usize {
    let mut end = text.find('\n').map_or(text.len(), |at| at + 1);
    while let Some(rest) = text.get(end..).filter(|rest| !rest.is_empty()) {
        if starts(rest) || is_event_start(rest) {
            break;
        }
        end = memchr::memchr(b'\n', rest.as_bytes()).map_or(text.len(), |at| end + at + 1);
    }
    text.get(..end).unwrap_or("").trim_end().len()
}

/// Read one whole event into the open event of `builder`.
pub(crate) fn read_event(text: &str, builder: &mut Builder<'_>) {
    let (first, mut rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(micros) = time::classic(first.trim_end()) {
        builder.time(micros);
    }
    while !rest.is_empty() {
        if let Some(message) = rest.strip_prefix("Message=") {
            builder.field("Message", message);
            read_message(message, builder);
            return;
        }
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        if let Some((key, value)) = key_value(line) {
            builder.field(key, value.trim_end_matches('\r'));
        }
        rest = after;
    }
}

/// `Key: value` lines; the first line of a message is its sentence.
fn read_message(message: &str, builder: &mut Builder<'_>) {
    let mut key = String::new();
    for line in message.split('\n').skip(1) {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        if !value.starts_with([' ', '\t']) {
            continue;
        }
        let value = value.trim_matches([' ', '\t', '\r']);
        clean_key(name, &mut key);
        if !key.is_empty() {
            builder.field(&key, value);
        }
    }
}

/// A field name as Splunk cleans it (`CLEAN_KEYS`): other characters become `_`, and it begins with a letter or digit.
pub(crate) fn clean_key(name: &str, into: &mut String) {
    into.clear();
    for character in name.trim().chars() {
        let is_word = character.is_ascii_alphanumeric();
        if is_word || !into.is_empty() {
            into.push(if is_word { character } else { '_' });
        }
    }
}

#[cfg(test)]
mod tests;
