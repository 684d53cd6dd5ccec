//! Saying what is wrong, and where to go on.

use diag::{Diagnostic, codes};
use text::Span;

use super::Parser;
use crate::ast::Spanned;

/// A problem was reported; the command cannot be read on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Failed;

/// What reading a piece of a command gives.
pub(crate) type Parse<T> = Result<T, Failed>;

/// Brackets, parentheses and prefix operators inside each other. Real content stays under ten.
const MAX_NESTING: u32 = 64;

impl Parser<'_> {
    /// Report an error at `span`.
    pub(crate) fn error(&mut self, span: Span, message: impl Into<String>) -> Failed {
        self.diagnostics.push(Diagnostic::error(codes::SYNTAX, span, message));
        Failed
    }

    /// Say how to mend the error just reported.
    pub(crate) fn help(&mut self, text: &str) {
        if let Some(last) = self.diagnostics.last_mut() {
            last.help = Some(text.to_owned());
        }
    }

    /// Report that something else was expected at the next token.
    pub(crate) fn expected(&mut self, what: &str) -> Failed {
        self.skip_blanks();
        let span = self.token_span();
        let found = span.of(self.text);
        let message = match found {
            "" => format!("expected {what}, found the end of the search"),
            "|" => format!("expected {what}, found the end of the command"),
            _ => format!("expected {what}, found `{}`", shorten(found)),
        };
        self.error(span, message)
    }

    /// Report a quote, bracket or comment that is opened at `span` and never closed.
    pub(crate) fn unclosed(&mut self, span: Span, what: &str) -> Failed {
        let message = format!("{what} is never closed");
        self.diagnostics.push(Diagnostic::error(codes::UNCLOSED, span, message).label("opened here"));
        Failed
    }

    /// Report a mistake that Splunk runs all the same.
    pub(crate) fn warn(&mut self, span: Span, message: impl Into<String>, help: &str) {
        self.diagnostics.push(Diagnostic::warning(codes::SYNTAX, span, message).help(help));
    }

    /// Report a form that is SPL, but that the tree cannot hold: the command becomes `Other`.
    pub(crate) fn unsupported(&mut self, span: Span, what: &str) {
        self.unsupported = true;
        self.diagnostics.push(Diagnostic::warning(codes::UNSUPPORTED_OPTION, span, format!("{what} is not supported")));
    }

    /// Report an option that `command` does not have.
    pub(crate) fn unknown_option(&mut self, command: &str, name: &Spanned<String>) -> Failed {
        let message = format!("`{command}` has no option `{}`", name.value);
        self.diagnostics.push(Diagnostic::error(codes::UNKNOWN_OPTION, name.span, message));
        Failed
    }

    /// Run `inner` one level deeper, or fail where a search nests without end.
    pub(crate) fn nested<T>(&mut self, inner: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<T> {
        if self.nesting >= MAX_NESTING {
            let span = self.token_span();
            return Err(self.error(span, format!("nested more than {MAX_NESTING} levels deep")));
        }
        self.nesting += 1;
        let result = inner(self);
        self.nesting -= 1;
        result
    }
}

/// A token as it appears in a message: one line, not too long.
fn shorten(token: &str) -> String {
    let line = token.lines().next().unwrap_or("");
    let mut short: String = line.chars().take(40).collect();
    if short.len() < token.len() {
        short.push('…');
    }
    short
}
