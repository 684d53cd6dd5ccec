//! Text in quotes, and the backslash rule that all of SPL shares.

use text::Span;

use super::{Parse, Parser};
use crate::ast::Spanned;

impl Parser<'_> {
    /// Read text in `quote`s. `\\` and a backslash before the quote are undone; any other pair stays as it is.
    ///
    /// Splunk's manual ("Backslashes" of the search command) gives the rule for double quotes; that
    /// single quotes follow it too is our reading.
    pub(crate) fn quoted(&mut self, quote: char) -> Parse<Spanned<String>> {
        let start = self.mark();
        self.bump();
        let mut value = String::new();
        loop {
            match self.bump() {
                None => {
                    let open = self.span_from(start);
                    let open = Span { end: open.start + 1, ..open };
                    return Err(self.unclosed(open, "this quote"));
                }
                Some('\\') => self.escape(quote, &mut value),
                Some(next) if next == quote => break,
                Some(next) => value.push(next),
            }
        }
        Ok(Spanned { value, span: self.span_from(start) })
    }

    /// What a backslash, just stepped over, stands for.
    pub(crate) fn escape(&mut self, quote: char, value: &mut String) {
        value.push(match self.peek() {
            Some(next) if next == '\\' || next == quote => {
                self.bump();
                next
            }
            _ => '\\',
        });
    }
}
