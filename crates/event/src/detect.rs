//! The form of a file, told by its content.

use std::borrow::Cow;

use crate::{Format, classic, csv, headed};

/// Bytes looked at.
const SAMPLE: usize = 64 << 10;

/// The form of a file by its first bytes; `None` for what is no text and no event log (pictures, programs …).
///
/// A text file may hold several forms: this is the one that comes first, and what lines that
/// look broken are held against.
pub fn detect(bytes: &[u8]) -> Option<Format> {
    if bytes.starts_with(b"ElfFile\0") || bytes.starts_with(b"ElfChnk\0") {
        return Some(Format::Evtx);
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let text = to_text(sample);
    if is_binary(&text.text) {
        return None;
    }
    Some(detect_text(&text.text))
}

/// Text has no NUL; what decoding could not read has many replacement characters.
fn is_binary(text: &str) -> bool {
    let start = text.get(..text.floor_char_boundary(4096)).unwrap_or(text);
    memchr::memchr(0, start.as_bytes()).is_some() || start.matches('\u{fffd}').count() * 10 > start.chars().count()
}

pub(crate) fn detect_text(text: &str) -> Format {
    let start = text.trim_start();
    if start.starts_with('{') || (start.starts_with('[') && looks_like_array(start)) {
        return Format::Json;
    }
    if is_event_start(start) || (start.starts_with('<') && find_event(start, 0).is_some()) {
        return Format::WindowsEventXml;
    }
    if classic::starts(start) {
        return Format::ClassicWindowsEvent;
    }
    if let Some(format) = headed::detect(start) {
        return format;
    }
    if csv::looks_like_csv(start) {
        return Format::Csv;
    }
    if find_event(start.lines().next().unwrap_or(""), 0).is_some() {
        return Format::WindowsEventXml;
    }
    Format::Lines
}

/// `[` then an object, and not the `[2020-…]` or `[error]` that many text logs begin with.
fn looks_like_array(text: &str) -> bool {
    let after = text.get(1..).unwrap_or("").trim_start();
    after.starts_with('{') || after.starts_with('[') && looks_like_array(after)
}

/// True where `<Event …>` begins (not `<EventData>`, `<Events>`).
pub(crate) fn is_event_start(text: &str) -> bool {
    text.strip_prefix("<Event").is_some_and(|rest| rest.starts_with(['>', ' ', '\t', '\r', '\n']))
}

/// The next `<Event …>` at or after `from`.
pub(crate) fn find_event(text: &str, from: usize) -> Option<usize> {
    let mut from = from;
    loop {
        let at = from + memchr::memmem::find(text.get(from..)?.as_bytes(), b"<Event")?;
        if is_event_start(text.get(at..)?) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// A file's text, and how many of its characters could not be read.
pub(crate) struct FileText<'a> {
    pub(crate) text: Cow<'a, str>,
    /// Bytes of the file before the text: a byte order mark.
    pub(crate) skipped: usize,
    /// Replacement characters put in, and where the first stands.
    pub(crate) replaced: Option<(usize, usize)>,
}

/// True for what [`to_text`] takes for UTF-16.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'<' | b'{' | b'[', 0, _, 0, ..])
}

/// Decode: UTF-16 by its byte order mark (or by the zeros of ASCII text without one), else UTF-8. Bytes that are
/// neither become U+FFFD and are counted: the rest of the line is still worth reading.
pub(crate) fn to_text(bytes: &[u8]) -> FileText<'_> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => return from_utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return from_utf16(rest, u16::from_be_bytes),
        [b'<' | b'{' | b'[', 0, _, 0, ..] => return from_utf16(bytes, u16::from_le_bytes),
        _ => {}
    }
    let whole = bytes.len();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let skipped = whole - bytes.len();
    match std::str::from_utf8(bytes) {
        Ok(text) => FileText { text: Cow::Borrowed(text), skipped, replaced: None },
        Err(error) => {
            let mut text = String::with_capacity(bytes.len() + 64);
            let mut count = 0;
            for chunk in bytes.utf8_chunks() {
                text.push_str(chunk.valid());
                if !chunk.invalid().is_empty() {
                    text.push('\u{fffd}');
                    count += 1;
                }
            }
            FileText { text: Cow::Owned(text), skipped, replaced: Some((count, error.valid_up_to())) }
        }
    }
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> FileText<'static> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(pairs.len());
    let mut replaced: Option<(usize, usize)> = None;
    let mut note = |at: usize| {
        let (count, first) = replaced.unwrap_or((0, at));
        replaced = Some((count + 1, first));
    };
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        if decoded.is_err() {
            note(text.len());
        }
        text.push(decoded.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    if !odd.is_empty() {
        note(text.len());
    }
    FileText { text: Cow::Owned(text), skipped: 0, replaced }
}

#[cfg(test)]
mod tests;
