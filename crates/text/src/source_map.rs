//! From a position in expanded text to the file it came from.
//!
//! A search reaches the parser after two rewritings: YAML decoding (folded lines, doubled quotes,
//! block indentation) and macro expansion. A [`SourceMap`] remembers, piece by piece, which bytes
//! of which file each byte of the final text came from, and through which macro calls.

use crate::{FileId, FileSpan, Span};

/// A run of text that came from one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    /// Offset in the mapped text.
    start: u32,
    /// The bytes of the file it stands for.
    from: FileSpan,
    /// Byte for byte the same as the file (else the whole piece stands for the whole of `from`).
    verbatim: bool,
    /// Index into `calls`.
    call: Option<u32>,
}

/// One macro call on the way to a piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The macro's name.
    pub name: String,
    /// Where it was called, in the file that called it.
    pub site: FileSpan,
    /// The call that the call site itself came through.
    pub parent: Option<u32>,
}

/// Where a span of mapped text came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The span in the file that a person edits: the outermost call site inside macros.
    pub primary: FileSpan,
    /// Inside macros: the definition's own bytes and the macro's name.
    pub definition: Option<(FileSpan, String)>,
}

/// See the module's documentation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceMap {
    pieces: Vec<Piece>,
    calls: Vec<Call>,
}

/// Text with the map of where it came from. Built front to back with the `push_*` methods.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapped {
    /// The text.
    pub text: String,
    /// Its origins.
    pub map: SourceMap,
}

impl Mapped {
    /// A whole text that is its own file, as on a command line.
    pub fn whole(text: &str, file: FileId) -> Self {
        let mut mapped = Self::default();
        mapped.push_verbatim(text, FileSpan { file, span: Span::new(0, text.len()) });
        mapped
    }

    /// Append text that stands in the file byte for byte at `from`.
    pub fn push_verbatim(&mut self, text: &str, from: FileSpan) {
        self.push(text, from, true, None);
    }

    /// Append text that stands for `from` without being equal to it (an escape, a folded line end).
    pub fn push_replaced(&mut self, text: &str, from: FileSpan) {
        self.push(text, from, false, None);
    }

    /// Register a macro call whose call site is the span `site` of `caller`; gives the id to append with.
    pub fn add_call(&mut self, name: &str, caller: &Self, site: Span) -> Option<u32> {
        let (site, parent) = caller.map.trace(site)?;
        let parent = parent.and_then(|id| self.copy_call(caller, id, None));
        self.map.calls.push(Call { name: name.to_owned(), site, parent });
        u32::try_from(self.map.calls.len() - 1).ok()
    }

    /// Append the bytes `span` of `other`, keeping their origins; `call` is the macro call they now come through.
    ///
    /// Calls that `other` recorded for a piece are kept, below `call`.
    pub fn push_mapped(&mut self, other: &Self, span: Span, call: Option<u32>) {
        for (piece, inside) in other.map.overlapping(span) {
            let start = inside.start.max(span.start);
            let end = inside.end.min(span.end);
            let from = piece.origin_of(start, end, inside);
            let call = match (call, piece.call) {
                (outer, Some(own)) => self.copy_call(other, own, outer),
                (outer, None) => outer,
            };
            let bytes = Span { start, end }.of(&other.text);
            self.push(bytes, from, piece.verbatim, call);
        }
    }

    /// Copy a call of `other` with the calls it came through; the outermost one now comes through `outer`.
    fn copy_call(&mut self, other: &Self, id: u32, outer: Option<u32>) -> Option<u32> {
        let call = other.map.calls.get(id as usize)?.clone();
        let parent = match call.parent {
            Some(parent) => self.copy_call(other, parent, outer),
            None => outer,
        };
        let call = Call { parent, ..call };
        let at = self.map.calls.iter().position(|known| *known == call).unwrap_or_else(|| {
            self.map.calls.push(call);
            self.map.calls.len() - 1
        });
        u32::try_from(at).ok()
    }

    fn push(&mut self, text: &str, from: FileSpan, verbatim: bool, call: Option<u32>) {
        if text.is_empty() {
            return;
        }
        let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.text.push_str(text);
        self.map.pieces.push(Piece { start, from, verbatim, call });
    }
}

impl Piece {
    fn origin_of(&self, start: u32, end: u32, inside: Span) -> FileSpan {
        if !self.verbatim {
            return self.from;
        }
        let base = self.from.span.start;
        let span = Span { start: base + (start - inside.start), end: base + (end - inside.start) };
        FileSpan { file: self.from.file, span }
    }
}

impl SourceMap {
    /// Where `span` of the mapped text came from; `None` only when nothing was mapped.
    pub fn locate(&self, span: Span) -> Option<Location> {
        let (own, call) = self.trace(span)?;
        let Some(mut at) = call.and_then(|id| self.calls.get(id as usize)) else {
            return Some(Location { primary: own, definition: None });
        };
        let name = at.name.clone();
        while let Some(parent) = at.parent.and_then(|id| self.calls.get(id as usize)) {
            at = parent;
        }
        Some(Location { primary: at.site, definition: Some((own, name)) })
    }

    /// The file span of the first piece that `span` touches (stretched over following pieces of the
    /// same file and call), and the call it came through.
    fn trace(&self, span: Span) -> Option<(FileSpan, Option<u32>)> {
        let mut found: Option<(FileSpan, Option<u32>)> = None;
        for (piece, inside) in self.overlapping(span) {
            let origin = piece.origin_of(inside.start.max(span.start), inside.end.min(span.end), inside);
            match &mut found {
                None => found = Some((origin, piece.call)),
                Some((at, call)) if at.file == origin.file && *call == piece.call => at.span = at.span.to(origin.span),
                Some(_) => break,
            }
        }
        found.or_else(|| self.end_of_text(span))
    }

    /// An empty span at the very end maps to the end of the last piece.
    fn end_of_text(&self, span: Span) -> Option<(FileSpan, Option<u32>)> {
        let piece = self.pieces.iter().rev().find(|piece| piece.start <= span.start)?;
        let end = piece.from.span.end;
        Some((FileSpan { file: piece.from.file, span: Span { start: end, end } }, piece.call))
    }

    /// The pieces that share a byte with `span` (an empty span counts as one byte), with the mapped range of each.
    fn overlapping(&self, span: Span) -> impl Iterator<Item = (&Piece, Span)> {
        let end = span.end.max(span.start.saturating_add(1));
        let first = self.pieces.partition_point(|piece| piece.start <= span.start).saturating_sub(1);
        self.pieces.iter().enumerate().skip(first).map_while(move |(at, piece)| {
            if piece.start >= end {
                return None;
            }
            let stop = self.pieces.get(at + 1).map_or_else(|| piece.start + piece.length_at_end(), |next| next.start);
            Some((piece, Span { start: piece.start, end: stop }))
        })
    }
}

impl Piece {
    /// Length of the last piece: its own when verbatim, else unknown and treated as reaching to the end.
    fn length_at_end(&self) -> u32 {
        if self.verbatim { self.from.span.end - self.from.span.start } else { u32::MAX - self.start }
    }
}

#[cfg(test)]
mod tests;
