//! The way from a file's bytes to batches.

use std::sync::Arc;

use crate::builder::{At, Builder};
use crate::detect::{detect, is_utf16, to_text};
use crate::reader::TextReader;
use crate::{DecodeOptions, EventBatch, Format, evtx};

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
    Text,
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
            let mut damage = evtx::missing_chunks(bytes);
            let piece = |(start, end)| Piece {
                bytes: bytes.get(start..end).unwrap_or(&[]),
                offset: start,
                line: 1,
                form: Form::Evtx,
                damage: damage.take(),
            };
            evtx::cuts(bytes).into_iter().map(piece).collect()
        }
        Some(Format::Json | Format::WindowsEventXml) if !is_utf16(bytes) => split_text(bytes, TEXT_PIECE),
        Some(_) => whole(Form::Text),
        None => whole(Form::Binary),
    }
}

/// Cut text behind lines that end an event, where the next begins one: neither can be inside an event, as JSON has no
/// line break in a string and event XML no `<` in a value.
fn split_text(bytes: &[u8], size: usize) -> Vec<Piece<'_>> {
    let (mut start, mut line) = (0, 1);
    let mut pieces = Vec::new();
    while start < bytes.len() {
        let end = cut(bytes, start.saturating_add(size)).unwrap_or(bytes.len());
        let piece = bytes.get(start..end).unwrap_or(&[]);
        pieces.push(Piece { bytes: piece, offset: start, line, form: Form::Text, damage: None });
        line += memchr::memchr_iter(b'\n', piece).count() as u64;
        start = end;
    }
    pieces
}

/// The first line at or after `from` that begins an event behind one that ends an event.
fn cut(bytes: &[u8], from: usize) -> Option<usize> {
    let is_cut = |at: &usize| {
        let (before, after) = bytes.split_at_checked(*at).unwrap_or((bytes, &[]));
        let before = before.trim_ascii_end();
        (after.starts_with(b"{") && before.ends_with(b"}"))
            || (after.starts_with(b"<Event ") && before.ends_with(b"</Event>"))
    };
    let lines = memchr::memchr_iter(b'\n', bytes.get(from..)?).map(|newline| from + newline + 1);
    lines.take_while(|at| *at < bytes.len()).find(is_cut)
}

/// Decode one piece. Batches come in the order of the file.
pub fn decode_piece(file: &Arc<str>, piece: &Piece<'_>, options: &DecodeOptions, sink: &mut dyn FnMut(EventBatch)) {
    let mut builder = Builder::new(Arc::clone(file), options, sink);
    if let Some(damage) = &piece.damage {
        builder.set_aside(At::default(), damage.clone());
    }
    match piece.form {
        Form::Evtx => {
            // About what Sysmon's logs unfold to.
            builder.reserve(piece.bytes.len() / 4);
            evtx::read(piece.bytes, piece.offset, &mut builder);
        }
        Form::Text if piece.bytes.is_empty() => builder.set_aside(At::default(), "empty file".to_owned()),
        Form::Binary => builder.set_aside(At::default(), "neither text nor an event log".to_owned()),
        Form::Text => {
            let decoded = to_text(piece.bytes);
            if let Some((count, first)) = decoded.replaced {
                let at = At { offset: (piece.offset + decoded.skipped + first) as u64, record: 0 };
                builder.set_aside(at, format!("{count} bad bytes read as U+FFFD; their lines are kept"));
            }
            let at = At { offset: (piece.offset + decoded.skipped) as u64, record: piece.line };
            TextReader::new(&decoded.text, at, options, &mut builder).read();
        }
    }
    builder.flush();
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
