//! The scalar styles of YAML 1.2 (chapters 7.3 and 8.1), decoded to text that knows its bytes in the file.
//!
//! The YAML library has decoded the scalar already; decoding it again gives the pieces. Should both ever differ, the
//! library's text is used and the whole of it stands for the whole scalar: a place that is coarse, never wrong.

use saphyr_parser::ScalarStyle;
use text::{FileId, FileSpan, Mapped, Span};

use super::Scalar;

mod block;
mod flow;

/// The text of `scalar`, which stands at `at` of `source`, mapped to the bytes of `file`.
pub(crate) fn decode(source: &str, file: FileId, scalar: &Scalar<'_>, at: Span) -> Mapped {
    match decode_exactly(source, file, scalar, at) {
        Some(mapped) => mapped,
        None => {
            let mut coarse = Mapped::default();
            coarse.push_replaced(&scalar.text, FileSpan { file, span: at });
            coarse
        }
    }
}

/// The decoding whose text equals the library's.
pub(super) fn decode_exactly(source: &str, file: FileId, scalar: &Scalar<'_>, at: Span) -> Option<Mapped> {
    if scalar.text.is_empty() {
        return Some(Mapped::default());
    }
    let out = || Out { source, file, mapped: Mapped::default() };
    let value_at = past_properties(source, at);
    let same = |out: Out<'_>| Some(out.mapped).filter(|mapped| mapped.text == scalar.text);
    match scalar.style {
        ScalarStyle::Plain => same(flow::plain(out(), value_at)),
        ScalarStyle::SingleQuoted => same(flow::single_quoted(out(), value_at)),
        ScalarStyle::DoubleQuoted => same(flow::double_quoted(out(), value_at)),
        ScalarStyle::Literal | ScalarStyle::Folded => {
            let block = block::Block::read(source, at)?;
            let folded = scalar.style == ScalarStyle::Folded;
            block.indents().find_map(|indent| same(block.decode(out(), indent, folded)))
        }
    }
}

/// `at` without the anchor (`&name`) and tag (`!!str`) that may stand before a value.
fn past_properties(source: &str, mut at: Span) -> Span {
    while at.of(source).starts_with(['&', '!']) {
        let written = at.of(source);
        let word = written.find([' ', '\t', '\r', '\n']).unwrap_or(written.len());
        let blanks = written.get(word..).map_or(0, |rest| rest.len() - rest.trim_start().len());
        at = Span::new(at.start as usize + word + blanks, at.end as usize);
    }
    at
}

/// The decoded text so far.
struct Out<'a> {
    source: &'a str,
    file: FileId,
    mapped: Mapped,
}

impl Out<'_> {
    /// Append the bytes `start..end` of the file as they are.
    fn verbatim(&mut self, start: usize, end: usize) {
        let span = Span::new(start, end);
        self.mapped.push_verbatim(span.of(self.source), FileSpan { file: self.file, span });
    }

    /// Append `text` for the bytes `start..end`.
    fn replaced(&mut self, text: &str, start: usize, end: usize) {
        self.mapped.push_replaced(text, FileSpan { file: self.file, span: Span::new(start, end) });
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.source.as_bytes().get(at).copied()
    }
}

/// Bytes of the line break at `at`, 0 when there is none.
fn break_length(source: &str, at: usize) -> usize {
    match (source.as_bytes().get(at), source.as_bytes().get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => 2,
        (Some(b'\r' | b'\n'), _) => 1,
        _ => 0,
    }
}
