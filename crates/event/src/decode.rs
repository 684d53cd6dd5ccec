//! From a file's bytes to batches, whatever its format.

use std::borrow::Cow;
use std::sync::Arc;

use memchr::memmem;

use crate::builder::{Builder, DecodeOptions};
use crate::{EventBatch, Format, classic, csv, evtx, format, json, winxml};

/// Decode a file. `file` names it in every place that is reported; `sink` takes the batches in file order.
///
/// What cannot be read is in the batches' [`EventBatch::set_aside`]; decoding never stops the run.
pub fn decode(file: &Arc<str>, bytes: &[u8], options: &DecodeOptions, sink: &mut dyn FnMut(EventBatch)) {
    if bytes.starts_with(evtx::FILE_MAGIC) {
        return evtx::decode(file, bytes, options, sink);
    }
    let (text, damage) = to_text(bytes);
    let format = format::detect_text(&text);
    let mut builder = Builder::new(Arc::clone(file), format, *options, sink);
    if let Some((offset, reason)) = damage {
        builder.set_aside(offset, None, reason);
    }
    match format {
        Format::Json => json::decode(&text, 0, 1, &mut builder),
        Format::Csv => csv::decode(&text, 0, &mut builder),
        _ => {
            drop(builder);
            Mixed { file, options, text: &text, at: 0, record: 0 }.decode(sink);
        }
    }
}

/// Bytes as text without byte order mark. What is not UTF-8 is replaced, and said: offset and reason.
fn to_text(bytes: &[u8]) -> (Cow<'_, str>, Option<(u64, String)>) {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> (Cow<'_, str>, Option<(u64, String)>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), None),
        Err(error) => {
            let reason = "not UTF-8 from here on in places: such bytes are read as U+FFFD".to_owned();
            (String::from_utf8_lossy(bytes), Some((error.valid_up_to() as u64, reason)))
        }
    }
}

fn utf16(bytes: &[u8], read: fn([u8; 2]) -> u16) -> (Cow<'_, str>, Option<(u64, String)>) {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| read(*pair));
    let mut broken = bytes.len() % 2 == 1;
    let text: String = char::decode_utf16(units)
        .map(|unit| {
            unit.unwrap_or_else(|_| {
                broken = true;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    let damage = broken.then(|| (0, "not UTF-16 in places: such units are read as U+FFFD".to_owned()));
    (Cow::Owned(text), damage)
}

/// Text in which XML events, classic events and other lines may alternate.
struct Mixed<'a> {
    file: &'a Arc<str>,
    options: &'a DecodeOptions,
    text: &'a str,
    at: usize,
    record: u64,
}

/// The next event of a mixed text, as a range of it.
enum Piece<'a> {
    /// The event's text, and the `<Event>` element in it.
    Xml(&'a str, &'a str),
    /// An element that is never closed, up to the end of its line.
    OpenXml(&'a str),
    Classic(&'a str),
    Line(&'a str),
}

impl<'a> Mixed<'a> {
    fn decode(mut self, sink: &mut dyn FnMut(EventBatch)) {
        let mut open: Option<Format> = None;
        while self.at < self.text.len() {
            // A builder holds events of one format; a change of format starts another one.
            let Some(format) = self.next_format() else { return };
            let mut builder = Builder::new(Arc::clone(self.file), format, *self.options, sink);
            open = Some(format);
            while self.next_format() == open {
                let offset = self.at as u64;
                self.record += 1;
                let piece = self.take(format);
                emit(&piece, offset, self.record, &mut builder);
            }
        }
        debug_assert!(open.is_some() || self.text.trim().is_empty(), "text that is not blank holds events");
    }

    /// Skip blank space and document wrappers; the format of what comes next, `None` at the end.
    fn next_format(&mut self) -> Option<Format> {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            let rest = self.rest();
            let line = first_line(rest);
            if rest.is_empty() {
                return None;
            }
            let skip = if rest.starts_with("<?") {
                memmem::find(rest.as_bytes(), b"?>").map(|end| end + 2)
            } else if rest.starts_with("<Events") || rest.starts_with("</Events") {
                memchr::memchr(b'>', rest.as_bytes()).map(|end| end + 1)
            } else {
                None
            };
            match skip {
                Some(length) => self.at += length,
                None if event_element(line).is_some() => return Some(Format::WindowsEventXml),
                None if classic::starts_event(line) => return Some(Format::ClassicWindowsEvent),
                None => return Some(Format::Lines),
            }
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn take(&mut self, format: Format) -> Piece<'a> {
        let rest = self.rest();
        match format {
            Format::WindowsEventXml => self.take_xml(rest),
            Format::ClassicWindowsEvent => {
                let text = rest.get(..classic_length(rest)).unwrap_or(rest);
                self.at += text.len();
                Piece::Classic(text.trim_end())
            }
            _ => {
                let line = first_line(rest);
                self.at += line.len();
                Piece::Line(line.trim_end())
            }
        }
    }

    fn take_xml(&mut self, rest: &'a str) -> Piece<'a> {
        const CLOSE: &[u8] = b"</Event>";
        let start = event_element(first_line(rest)).unwrap_or(0);
        let element = rest.get(start..).unwrap_or(rest);
        let close = memmem::find(element.as_bytes(), CLOSE).map(|at| at + CLOSE.len());
        // An element cut short must not swallow the next one.
        let next = memmem::find(element.get(1..).unwrap_or("").as_bytes(), b"\n<Event").map(|at| at + 1);
        match close {
            Some(close) if next.is_none_or(|next| close <= next) => {
                self.at += start + close;
                Piece::Xml(rest.get(..start + close).unwrap_or(rest), element.get(..close).unwrap_or(element))
            }
            _ => {
                let length = next.map_or(rest.len(), |next| start + next);
                self.at += length;
                Piece::OpenXml(rest.get(..length).unwrap_or(rest))
            }
        }
    }
}

fn emit(piece: &Piece<'_>, offset: u64, record: u64, builder: &mut Builder<'_>) {
    let (Piece::Xml(text, _) | Piece::OpenXml(text) | Piece::Classic(text) | Piece::Line(text)) = piece;
    if text.len() > builder.event_bytes() {
        let reason = format!("an event of {} bytes; the longest that is read has {}", text.len(), builder.event_bytes());
        return builder.set_aside(offset, Some(record), reason);
    }
    match piece {
        Piece::Xml(text, element) => {
            builder.begin(offset, record);
            match winxml::decode_fields(element, builder) {
                Ok(()) => {
                    builder.raw(text);
                    builder.end();
                }
                Err(reason) => builder.abandon(format!("broken XML: {reason}")),
            }
        }
        Piece::OpenXml(_) => builder.set_aside(offset, Some(record), "an <Event> element that is never closed"),
        Piece::Classic(text) => classic::decode_one(text, offset, record, builder),
        Piece::Line(text) => {
            builder.begin(offset, record);
            builder.raw(text);
            builder.end();
        }
    }
}

/// The first line with its line end.
fn first_line(text: &str) -> &str {
    let end = memchr::memchr(b'\n', text.as_bytes()).map_or(text.len(), |at| at + 1);
    text.get(..end).unwrap_or(text)
}

/// Where an `<Event` element begins in a line: `<Event>`, `<Event xmlns=…`, not `<Events>` or `<EventData>`.
fn event_element(line: &str) -> Option<usize> {
    memmem::find_iter(line.as_bytes(), b"<Event").find(|at| {
        let after = line.as_bytes().get(at + b"<Event".len());
        after.is_none_or(|byte| *byte == b'>' || byte.is_ascii_whitespace())
    })
}

/// A classic event lasts until the next line that begins an event of either kind.
fn classic_length(text: &str) -> usize {
    let mut length = first_line(text).len();
    while let Some(rest) = text.get(length..).filter(|rest| !rest.is_empty()) {
        let line = first_line(rest);
        if classic::starts_event(line) || line.trim_start().starts_with("<Event") {
            break;
        }
        length += line.len();
    }
    length
}
