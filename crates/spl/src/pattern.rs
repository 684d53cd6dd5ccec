//! Compiled search values: text in which `*` is any text, line breaks included, letter case aside.
//!
//! Splunk's manual ("search command") says that values match in any letter case and does not say how far
//! beyond ASCII that goes. Here each character is folded to its lower case when that is one character
//! (`É` = `é`), and an ASCII letter equals ASCII letters alone (`K` is not the Kelvin sign).

mod needle;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::ast::Pattern;
use needle::Needle;

/// A [`Pattern`] made ready to match many values.
///
/// A match takes time in proportion to the text, and allocates only when pattern and text both go beyond ASCII.
#[derive(Debug, Clone)]
pub struct Matcher {
    form: Form,
    /// True when every literal is ASCII: then other bytes of a text cannot matter.
    ascii: bool,
    /// Bytes that a text needs at least.
    least: usize,
}

#[derive(Debug, Clone)]
enum Form {
    /// No `*`: the whole text.
    Exact(Box<[u8]>),
    /// Text at both ends (either may be empty) and between them literals in this order.
    Wild { prefix: Box<[u8]>, inner: Box<[Needle]>, suffix: Box<[u8]> },
}

impl Matcher {
    /// Compile a pattern.
    pub fn new(pattern: &Pattern) -> Self {
        let mut parts: Vec<String> = pattern.parts.iter().map(|part| fold(part).into_owned()).collect();
        let ascii = parts.iter().all(|part| part.is_ascii());
        let least = parts.iter().map(String::len).sum();
        let last = if parts.len() > 1 { parts.pop() } else { None };
        let form = match last {
            None => Form::Exact(bytes(parts.pop().unwrap_or_default())),
            Some(suffix) => {
                let mut rest = parts.into_iter();
                let prefix = bytes(rest.next().unwrap_or_default());
                let inner = rest.filter(|part| !part.is_empty()).map(|part| Needle::new(part.as_bytes())).collect();
                Form::Wild { prefix, inner, suffix: bytes(suffix) }
            }
        };
        Self { form, ascii, least }
    }

    /// Does the whole of `text` match?
    pub fn matches(&self, text: &str) -> bool {
        if self.ascii {
            return self.matches_folded(text.as_bytes());
        }
        // A character beyond ASCII never equals an ASCII one.
        !text.is_ascii() && self.matches_folded(fold(text).as_bytes())
    }

    /// True when every text matches: `*`.
    pub fn matches_all(&self) -> bool {
        self.least == 0 && matches!(self.form, Form::Wild { .. })
    }

    /// `text` may still hold ASCII letters of either case.
    fn matches_folded(&self, text: &[u8]) -> bool {
        if text.len() < self.least {
            return false;
        }
        match &self.form {
            Form::Exact(whole) => text.eq_ignore_ascii_case(whole),
            Form::Wild { prefix, inner, suffix } => {
                let Some((start, rest)) = text.split_at_checked(prefix.len()) else { return false };
                let Some((middle, end)) = rest.split_at_checked(rest.len().wrapping_sub(suffix.len())) else {
                    return false;
                };
                start.eq_ignore_ascii_case(prefix) && end.eq_ignore_ascii_case(suffix) && in_order(inner, middle)
            }
        }
    }
}

/// Are the literals in `text`, one behind the other? The leftmost place of each leaves most room for the next.
fn in_order(literals: &[Needle], text: &[u8]) -> bool {
    let mut rest = text;
    for literal in literals {
        let Some(after) = literal.end_in(rest).and_then(|end| rest.get(end..)) else { return false };
        rest = after;
    }
    true
}

fn bytes(text: String) -> Box<[u8]> {
    text.into_bytes().into_boxed_slice()
}

/// Text with every character in lower case, as [`Matcher`] compares it.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Cow::Owned(text.to_ascii_lowercase());
        }
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(fold_char).collect())
}

fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(single), None) if !single.is_ascii() => single,
        _ => c,
    }
}
