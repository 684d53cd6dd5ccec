//! The way from a file's bytes to batches.

use std::sync::Arc;

use crate::builder::{At, Builder};
use crate::detect::{detect, to_text};
use crate::reader::TextReader;
use crate::{DecodeOptions, EventBatch, Format, evtx};

/// A part of a file that can be decoded alone. The parts of a file in order give its events in order.
#[derive(Debug, Clone)]
pub struct Piece<'f> {
    bytes: &'f [u8],
    offset: usize,
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

/// Cut a file where its parts can be decoded apart: an event log into groups of chunks. Other files are one piece.
///
/// Where it is cut depends on the bytes alone, and batches never span pieces: decoding the pieces on any number of
/// threads gives the batches that [`decode`] gives.
pub fn split(bytes: &[u8]) -> Vec<Piece<'_>> {
    let whole = |form| vec![Piece { bytes, offset: 0, form, damage: None }];
    match detect(bytes) {
        Some(Format::Evtx) => {
            let mut damage = evtx::missing_chunks(bytes);
            let piece = |(start, end)| {
                Piece { bytes: bytes.get(start..end).unwrap_or(&[]), offset: start, form: Form::Evtx, damage: damage.take() }
            };
            evtx::cuts(bytes).into_iter().map(piece).collect()
        }
        Some(_) => whole(Form::Text),
        None => whole(Form::Binary),
    }
}

/// Decode one piece. Batches come in the order of the file.
pub fn decode_piece(
    file: &Arc<str>,
    piece: &Piece<'_>,
    options: &DecodeOptions,
    sink: &mut dyn FnMut(EventBatch),
) {
    let mut builder = Builder::new(Arc::clone(file), options, sink);
    if let Some(damage) = &piece.damage {
        builder.set_aside(At::default(), damage.clone());
    }
    match piece.form {
        Form::Evtx => evtx::read(piece.bytes, piece.offset, &mut builder),
        Form::Text if piece.bytes.is_empty() => {
            builder.set_aside(At::default(), "empty file".to_owned())
        }
        Form::Binary => {
            builder.set_aside(At::default(), "neither text nor an event log".to_owned())
        }
        Form::Text => {
            let decoded = to_text(piece.bytes);
            if let Some((count, first)) = decoded.replaced {
                let at = At {
                    offset: first as u64,
                    record: 0,
                };
                builder.set_aside(
                    at,
                    format!("{count} bad bytes read as U+FFFD; their lines are kept"),
                );
            }
            TextReader::new(&decoded.text, decoded.skipped, options.event_bytes, &mut builder).read();
        }
    }
    builder.flush();
}

/// Decode a whole file, in batches of bounded size.
///
/// Nothing is lost in silence: what cannot be read is a [`crate::SetAside`] of some batch, which may have no events.
/// Offsets in UTF-16 files count the bytes of the same text in UTF-8.
pub fn decode(
    file: &Arc<str>,
    bytes: &[u8],
    options: &DecodeOptions,
    sink: &mut dyn FnMut(EventBatch),
) {
    for piece in split(bytes) {
        decode_piece(file, &piece, options, sink);
    }
}

#[cfg(test)]
mod tests;
