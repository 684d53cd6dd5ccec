//! Quoted scalars whose further lines stand too far left.
//!
//! YAML 1.2 refuses them, while the YAML library that Splunk's own tools use takes them, and ESCU has such files. As
//! blanks at the start of such lines mean nothing, the lines are moved right in a copy, and every place is counted
//! in the file as it is.

use text::Span;

use super::offsets::Offsets;
use super::{Node, Problem, parse_text};

/// How the YAML library says it.
pub(super) const REFUSED: &str = "invalid indentation in quoted scalar";
/// How it says that a file ends within quotes.
pub(super) const END_IN_QUOTES: &str = "while scanning a quoted scalar, found unexpected end of stream";
/// Scalars in one file that may be repaired.
const MAX_REPAIRS: usize = 100;

/// A copy of a file in which blanks were inserted.
pub(super) struct Repaired {
    text: String,
    /// The byte in the file for every byte of `text`, and for its end.
    origin: Vec<usize>,
    repairs: usize,
}

/// Move the lines of the quoted scalar at `at` to the right; `None` when there is none.
pub(super) fn repair(source: &str, at: Span) -> Option<Repaired> {
    let unchanged = Repaired { text: source.to_owned(), origin: (0..=source.len()).collect(), repairs: 0 };
    unchanged.repair(at.start as usize)
}

impl Repaired {
    fn repair(self, start: usize) -> Option<Self> {
        if self.repairs >= MAX_REPAIRS {
            return None;
        }
        let end = scalar_end(&self.text, start)?;
        let line_start = self.text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
        let blanks = start - line_start + 1;
        let mut text = String::with_capacity(self.text.len());
        let mut origin = Vec::with_capacity(self.origin.len());
        let mut copied = 0;
        let breaks = self.text.get(start..end)?.match_indices('\n').map(|(at, _)| start + at + 1);
        for line in breaks {
            text.push_str(self.text.get(copied..line)?);
            origin.extend_from_slice(self.origin.get(copied..line)?);
            text.push_str(&" ".repeat(blanks));
            origin.extend(std::iter::repeat_n(self.origin.get(line).copied()?, blanks));
            copied = line;
        }
        if copied == 0 {
            return None;
        }
        text.push_str(self.text.get(copied..)?);
        origin.extend_from_slice(self.origin.get(copied..)?);
        Some(Self { text, origin, repairs: self.repairs + 1 })
    }

    /// Read the copy; places are those of the file.
    pub(super) fn parse(self) -> Result<Vec<Node<'static>>, Problem> {
        let offsets = Offsets::through(&self.text, &self.origin);
        let problem = match parse_text(&self.text, offsets) {
            Ok(documents) => return Ok(documents.into_iter().map(Node::into_owned).collect()),
            Err(problem) => problem,
        };
        if !problem.message.ends_with(REFUSED) {
            return Err(problem);
        }
        let start = self.origin.partition_point(|byte| *byte < problem.at.start as usize);
        match self.repair(start) {
            Some(repaired) => repaired.parse(),
            None => Err(unclosed(problem)),
        }
    }
}

/// Without its closing quote, a scalar runs over all that follows, which stands too far left.
pub(super) fn unclosed(problem: Problem) -> Problem {
    Problem { message: "YAML cannot be read: the quote is never closed".to_owned(), ..problem }
}

/// The closing quote of the quoted scalar that begins at `start`.
fn scalar_end(text: &str, start: usize) -> Option<usize> {
    let quote = *text.as_bytes().get(start)?;
    let mut at = start + 1;
    loop {
        match (*text.as_bytes().get(at)?, quote) {
            (b'\\', b'"') => at += 1,
            (b'\'', b'\'') if text.as_bytes().get(at + 1) == Some(&b'\'') => at += 1,
            (b'"', b'"') | (b'\'', b'\'') => return Some(at),
            _ => {}
        }
        at += 1;
    }
}
