//! The way from a file's bytes to batches.

use std::sync::Arc;

use crate::builder::{At, Builder};
use crate::detect::{detect, is_utf16, to_text};
use crate::reader::TextReader;
use crate::{DecodeOptions, EventBatch, Format, audit, classic, evtx};

/// A part of a file that can be decoded alone. The parts of a file in order give its events in order.
#[derive(Debug, Clone)]
pub struct Piece<'f> {
    bytes: &'f [u8],
    offset: usize,
    /// Its first line's number, in text.
    line: u64,
    form: Form,
    /// What is wrong with the file as a whole; in its first piece.
    damage: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Evtx,
    /// Text; what the file is by its beginning, where that was looked at before.
    Text(Option<Format>),
    Binary,
}

/// Text is cut at about this size.
const TEXT_PIECE: usize = 8 << 20;

/// Cut a file where its parts can be decoded apart: an event log into groups of chunks, lines of JSON or event XML
/// between lines. Other files are one piece.
///
/// Where it is cut depends on the bytes alone, and batches never span pieces: decoding the pieces on any number of
/// threads gives the batches that [`decode`] gives.
pub fn split(bytes: &[u8]) -> Vec<Piece<'_>> {
    let whole = |form| vec![Piece { bytes, offset: 0, line: 1, form, damage: None }];
    match detect(bytes) {
        Some(Format::Evtx) => {
            let mut damage = evtx::missing_chunks(bytes, bytes.len() as u64);
            let piece = |(start, end)| Piece {
                bytes: bytes.get(start..end).unwrap_or(&[]),
                offset: start,
                line: 1,
                form: Form::Evtx,
                damage: damage.take(),
            };
            evtx::cuts(bytes).into_iter().map(piece).collect()
        }
        Some(format) => match Segmented::of_text(bytes, format) {
            Some(_) if !bytes.is_empty() => split_text(bytes, Origin::default(), format, TEXT_PIECE),
            _ => whole(Form::Text(Some(format))),
        },
        None => whole(Form::Binary),
    }
}

/// How a file that is too large to be held whole can be read: segment by segment, each decoded alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segmented {
    /// An event log: at the ends of its chunks.
    EventLog,
    /// Text of this form: between lines.
    Text(Format),
}

/// Where a segment stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Bytes before it.
    pub offset: usize,
    /// Its first line's number.
    pub line: u64,
    /// Bytes of the file, where they are known.
    pub file_bytes: Option<u64>,
}

impl Default for Origin {
    fn default() -> Self {
        Self { offset: 0, line: 1, file_bytes: None }
    }
}

impl Segmented {
    /// By a file's first bytes, of which 64 KiB are enough. `None` when it must be read whole: what comes first there (a
    /// header of columns, a byte order mark of UTF-16) is needed to read what follows, or it is no log.
    pub fn of(head: &[u8]) -> Option<Self> {
        match detect(head)? {
            Format::Evtx => Some(Self::EventLog),
            format => Self::of_text(head, format),
        }
    }

    fn of_text(bytes: &[u8], format: Format) -> Option<Self> {
        let cuts = matches!(format, Format::Json | Format::WindowsEventXml | Format::Lines);
        (cuts && !is_utf16(bytes)).then_some(Self::Text(format))
    }

    /// The length of the longest segment that `bytes`, where a segment begins, hold; 0 when none ends in them.
    pub fn last_cut(self, bytes: &[u8], origin: Origin) -> usize {
        match self {
            Self::EventLog => evtx::whole_chunks(bytes, origin.offset),
            Self::Text(format) => {
                let lines = memchr::memrchr_iter(b'\n', bytes).map(|newline| newline + 1);
                // What a plain line is shows behind it.
                let needed = if format == Format::Lines { SEEN_BEHIND } else { 1 };
                lines.filter(|at| at + needed <= bytes.len()).find(|at| is_cut(bytes, *at, format)).unwrap_or(0)
            }
        }
    }

    /// The pieces of a segment, as [`split`] gives those of a file.
    pub fn split(self, bytes: &[u8], origin: Origin) -> Vec<Piece<'_>> {
        match self {
            Self::EventLog => {
                let is_first = origin.offset == 0;
                let mut damage =
                    origin.file_bytes.filter(|_| is_first).and_then(|all| evtx::missing_chunks(bytes, all));
                let piece = |(start, end)| Piece {
                    bytes: bytes.get(start..end).unwrap_or(&[]),
                    offset: origin.offset + start,
                    line: 1,
                    form: Form::Evtx,
                    damage: damage.take(),
                };
                evtx::cuts(bytes).into_iter().map(piece).collect()
            }
            Self::Text(format) => split_text(bytes, origin, format, TEXT_PIECE),
        }
    }
}

/// Cut text into pieces of about a size.
fn split_text(bytes: &[u8], origin: Origin, format: Format, size: usize) -> Vec<Piece<'_>> {
    let (mut start, mut line) = (0, origin.line);
    let mut pieces = Vec::new();
    while start < bytes.len() {
        let end = cut(bytes, start.saturating_add(size), format).unwrap_or(bytes.len());
        let piece = bytes.get(start..end).unwrap_or(&[]);
        let form = Form::Text(Some(format));
        pieces.push(Piece { bytes: piece, offset: origin.offset + start, line, form, damage: None });
        line += memchr::memchr_iter(b'\n', piece).count() as u64;
        start = end;
    }
    pieces
}

/// The first line at or after `from` where text can be cut.
fn cut(bytes: &[u8], from: usize, format: Format) -> Option<usize> {
    let lines = memchr::memchr_iter(b'\n', bytes.get(from..)?).map(|newline| from + newline + 1);
    lines.take_while(|at| *at < bytes.len()).find(|at| is_cut(bytes, *at, format))
}

/// Can the line at `at` begin a piece? Behind a line that ends an event, where it begins one: neither can be inside an event,
/// as JSON has no line break in a string and event XML no `<` in a value. Plain lines can be cut anywhere, but for a
/// classic Windows event among them.
fn is_cut(bytes: &[u8], at: usize, format: Format) -> bool {
    let (before, after) = bytes.split_at_checked(at).unwrap_or((bytes, &[]));
    if format == Format::Lines {
        let text = after.get(..SEEN_BEHIND.min(after.len())).unwrap_or(after);
        let is_inside =
            || matches!(text, [b'<' | b' ' | b'\t', ..]) || audit::goes_on(bytes, at) || has_classic(bytes, at);
        return starts_classic(text) || !is_inside();
    }
    let before = before.trim_ascii_end();
    (after.starts_with(b"{") && before.ends_with(b"}"))
        || (after.starts_with(b"<Event ") && before.ends_with(b"</Event>"))
}

/// How far before a cut a classic event is looked for.
const CLASSIC_BYTES: usize = 8 << 10;
/// A classic event is told by its first two lines.
const SEEN_BEHIND: usize = 256;

fn starts_classic(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(u8::is_ascii_digit) && classic::starts(&String::from_utf8_lossy(bytes))
}

/// Does a classic event begin near in front of a place?
fn has_classic(bytes: &[u8], at: usize) -> bool {
    let from = at.saturating_sub(CLASSIC_BYTES);
    let until = at.saturating_add(SEEN_BEHIND).min(bytes.len());
    let Some(near) = bytes.get(from..until) else { return false };
    let lines = memchr::memchr_iter(b'\n', near).map(|newline| newline + 1).filter(|start| from + start < at);
    let mut starts = lines.chain((from == 0).then_some(0));
    starts.any(|start| {
        let lines = near.get(start..).unwrap_or(&[]);
        starts_classic(lines.get(..SEEN_BEHIND).unwrap_or(lines))
    })
}

/// Decodes pieces one after the other into the same batches, so that small files do not make small batches.
pub struct Decoder<'s> {
    options: &'s DecodeOptions,
    builder: Builder<'s>,
}

impl<'s> Decoder<'s> {
    /// A decoder that hands batches to `sink`.
    pub fn new(options: &'s DecodeOptions, sink: &'s mut dyn FnMut(EventBatch)) -> Self {
        Self { options, builder: Builder::new(options, sink) }
    }

    /// The same, with the memory of a batch that is done with: to use it again is much cheaper than to ask for new.
    #[must_use]
    pub fn with_memory(mut self, batch: EventBatch) -> Self {
        self.builder.use_memory(batch);
        self
    }

    /// Decode a piece of a file.
    pub fn piece(&mut self, file: &Arc<str>, piece: &Piece<'_>) {
        self.builder.open_file(file);
        decode_into(piece, self.options, &mut self.builder);
    }

    /// Hand on what there is.
    pub fn finish(mut self) {
        self.builder.flush();
    }
}

/// Decode one piece. Batches come in the order of the file.
pub fn decode_piece(file: &Arc<str>, piece: &Piece<'_>, options: &DecodeOptions, sink: &mut dyn FnMut(EventBatch)) {
    let mut decoder = Decoder::new(options, sink);
    decoder.piece(file, piece);
    decoder.finish();
}

fn decode_into(piece: &Piece<'_>, options: &DecodeOptions, builder: &mut Builder<'_>) {
    if let Some(damage) = &piece.damage {
        builder.set_aside(At::default(), damage.clone());
    }
    match piece.form {
        Form::Evtx => {
            // About what Sysmon's logs unfold to.
            builder.reserve(piece.bytes.len() / 4);
            evtx::read(piece.bytes, piece.offset, builder);
        }
        Form::Text(_) if piece.bytes.is_empty() => builder.set_aside(At::default(), "empty file".to_owned()),
        Form::Binary => builder.set_aside(At::default(), "neither text nor an event log".to_owned()),
        Form::Text(main) => {
            let decoded = to_text(piece.bytes);
            if let Some((count, first)) = decoded.replaced {
                let at = At { offset: (piece.offset + decoded.skipped + first) as u64, record: 0 };
                builder.set_aside(at, format!("{count} bad bytes read as U+FFFD; their lines are kept"));
            }
            let at = At { offset: (piece.offset + decoded.skipped) as u64, record: piece.line };
            TextReader::new(&decoded.text, (at, main), options, builder).read();
        }
    }
}

/// Decode a whole file, in batches of bounded size.
///
/// Nothing is lost in silence: what cannot be read is a [`crate::SetAside`] of some batch, which may have no events.
/// Offsets in UTF-16 files count the bytes of the same text in UTF-8.
pub fn decode(file: &Arc<str>, bytes: &[u8], options: &DecodeOptions, sink: &mut dyn FnMut(EventBatch)) {
    for piece in split(bytes) {
        decode_piece(file, &piece, options, sink);
    }
}

#[cfg(test)]
mod tests;
