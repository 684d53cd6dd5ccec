//! Words without quotes, and values with wildcards.

use text::Span;

use super::Parser;
use super::cursor::is_blank;
use crate::ast::Pattern;

/// Where a word without quotes stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bare {
    /// At the start of a term.
    Name,
    /// Behind a comparison: `=` and the like are text there.
    Value,
    /// In the list of `IN`: a comma ends it.
    ListValue,
}

impl Parser<'_> {
    /// Read a word without quotes; the backslash rule holds in it too.
    pub(super) fn bare(&mut self, kind: Bare) -> String {
        let mut value = String::new();
        while let Some(next) = self.peek() {
            match next {
                '(' if !value.is_empty() && self.peek_second() == Some(')') => {
                    value.push_str("()");
                    self.bump();
                }
                _ if self.ends_bare(next, kind) => break,
                '\\' => {
                    self.bump();
                    self.escape('"', &mut value);
                    continue;
                }
                _ => value.push(next),
            }
            self.bump();
        }
        value
    }

    fn ends_bare(&self, next: char, kind: Bare) -> bool {
        match next {
            '|' | '[' | ']' | '(' | ')' | '"' => true,
            '=' | '<' | '>' => kind == Bare::Name,
            '!' => kind == Bare::Name && self.peek_second() == Some('='),
            ',' => kind == Bare::ListValue,
            _ => is_blank(next) || self.at_comment(),
        }
    }
}

/// Text with `*` for any text. No backslash takes the star's meaning away.
pub(super) fn pattern(text: &str, quoted: bool, span: Span) -> Pattern {
    Pattern { parts: text.split('*').map(str::to_owned).collect(), quoted, span }
}

/// True when `written` reads back as this value without quotes, behind a comparison or in a list.
pub(crate) fn is_bare_value(written: &str, value: &Pattern, in_list: bool) -> bool {
    let kind = if in_list { Bare::ListValue } else { Bare::Value };
    let text = reads_as(written, kind);
    text.is_some_and(|text| text == value.parts.join("*"))
}

/// True when `written` reads back as this keyword without quotes.
pub(crate) fn is_bare_keyword(written: &str, value: &Pattern) -> bool {
    let operator = ["AND", "OR", "NOT"].contains(&written);
    !operator && reads_as(written, Bare::Name).is_some_and(|text| text == value.parts.join("*"))
}

/// True when `name` needs no quotes as the field of a comparison.
pub(crate) fn is_bare_term_field(name: &str) -> bool {
    let operator = ["AND", "OR", "NOT"].contains(&name);
    // The `!` at the end of a name would be taken for that of `!=`.
    !operator && !name.ends_with('!') && reads_as(name, Bare::Name).is_some_and(|text| text == name)
}

/// What a bare word reads as, when the whole of it is one.
fn reads_as(written: &str, kind: Bare) -> Option<String> {
    let mut parser = Parser::new(written);
    let text = parser.bare(kind);
    (!text.is_empty() && parser.rest().is_empty()).then_some(text)
}
