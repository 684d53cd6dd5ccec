//! Text to tree. Each command reads its own arguments (`command/<name>.rs`) with the tools of this module.

mod aggregate;
mod bare;
mod chain;
mod cursor;
mod error;
mod expr;
mod list;
mod operand;
mod pipeline;
mod quoted;
mod term;

#[cfg(test)]
pub(crate) mod tests;

use diag::Diagnostic;

use crate::ast::Pipeline;

pub(crate) use bare::{is_bare_keyword, is_bare_term_field, is_bare_value};
pub(crate) use cursor::Mark;
pub(crate) use error::Parse;
pub(crate) use list::{Setting, is_bare_field};
pub(crate) use operand::is_reserved;

/// What parsing a search gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The tree; a command that could not be read is [`crate::ast::CommandKind::Other`].
    pub pipeline: Pipeline,
    /// Everything found, in order of place. An error means that the search is not SPL.
    ///
    /// A form that is SPL but that the tree cannot hold (`SPL104`) is a warning, and its command is
    /// `Other`, so that whoever checks the tree refuses the search as unsupported and not as wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parse a search whose macros are expanded.
///
/// Text that does not start with a pipe or the word `search` starts with an implied `search`, as in
/// Splunk. Comments in triple backticks are skipped (manual: "Add comments to searches").
pub fn parse(search: &str) -> Parsed {
    let mut parser = Parser::new(search);
    let pipeline = parser.search();
    let mut diagnostics = parser.diagnostics;
    diagnostics.sort_by_key(|diagnostic| diagnostic.primary.span.start);
    // Text that the parser went back over is reported once.
    diagnostics.dedup();
    Parsed { pipeline, diagnostics }
}

/// A parser: a place in a text, and what was found wrong so far.
pub(crate) struct Parser<'a> {
    text: &'a str,
    position: usize,
    nesting: u32,
    diagnostics: Vec<Diagnostic>,
    /// Set where a form was read that the tree cannot hold: the command becomes `Other`.
    unsupported: bool,
    /// True inside the brackets of `foreach`, where `<<FIELD>>` stands for names.
    template: bool,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, position: 0, nesting: 0, diagnostics: Vec::new(), unsupported: false, template: false }
    }
}
