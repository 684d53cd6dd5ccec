//! The YAML parser counts characters; everything else here counts bytes.

/// Byte offset of every character, or nothing for a text where both are the same.
#[derive(Debug, Default)]
pub(super) struct Offsets {
    bytes: Vec<usize>,
}

impl Offsets {
    pub(super) fn new(source: &str) -> Self {
        if source.is_ascii() {
            return Self::default();
        }
        let ends = std::iter::once(source.len());
        Self { bytes: source.char_indices().map(|(at, _)| at).chain(ends).collect() }
    }

    /// For a copy of a file: `origin` is the byte in the file for every byte of the copy.
    pub(super) fn through(copy: &str, origin: &[usize]) -> Self {
        let starts = copy.char_indices().map(|(at, _)| at).chain([copy.len()]);
        Self { bytes: starts.filter_map(|at| origin.get(at).copied()).collect() }
    }

    /// Byte offset of the character `index`.
    pub(super) fn byte(&self, index: usize) -> usize {
        match self.bytes.last() {
            None => index,
            Some(end) => self.bytes.get(index).copied().unwrap_or(*end),
        }
    }
}
