//! JSON as it stands in a text: numbers keep their digits, objects and arrays their place.
//!
//! What is cut off or broken in the middle gives what stands before that. Splunk's manual has `spath` look at the first part of
//! a long text only, so it must read a text that has no end; that it reads a broken one the same way is our reading.

use std::borrow::Cow;

use crate::json_path::Tree;

/// Objects and arrays within each other.
const MOST_OPEN: u32 = 128;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Json<'t> {
    source: &'t str,
    shape: Shape<'t>,
}

#[derive(Debug, Clone, PartialEq)]
enum Shape<'t> {
    Object(Vec<(Cow<'t, str>, Json<'t>)>),
    Array(Vec<Json<'t>>),
    Text(Cow<'t, str>),
    /// A number, `true`, `false` or `null`.
    Bare,
}

impl<'t> Json<'t> {
    /// The object or array that a text is. `None` where it begins as neither.
    pub(crate) fn parse(text: &'t str) -> Option<Self> {
        let mut reader = Reader { text, position: 0, open: 0, broken: false };
        reader.blanks();
        if !matches!(reader.peek(), Some(b'{' | b'[')) {
            return None;
        }
        reader.value()
    }

    /// The value that the whole of a text is; `None` where it is broken.
    pub(crate) fn parse_whole(text: &'t str) -> Option<Self> {
        let mut reader = Reader { text, position: 0, open: 0, broken: false };
        let value = reader.value()?;
        reader.blanks();
        (!reader.broken && reader.position == text.len()).then_some(value)
    }

    /// As `spath` and `fromjson` write it: objects and arrays as they stand, strings without quotes.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match &self.shape {
            Shape::Text(text) => Cow::Borrowed(text),
            _ => Cow::Borrowed(self.source),
        }
    }

    /// Is it `null`?
    pub(crate) fn is_null(&self) -> bool {
        self.shape == Shape::Bare && self.source == "null"
    }
}

impl Tree for Json<'_> {
    fn members(&self) -> Option<impl Iterator<Item = (&str, &Self)>> {
        match &self.shape {
            Shape::Object(members) => Some(members.iter().map(|(name, value)| (name.as_ref(), value))),
            _ => None,
        }
    }

    fn elements(&self) -> Option<&[Self]> {
        match &self.shape {
            Shape::Array(elements) => Some(elements),
            _ => None,
        }
    }

    fn scalar(&self) -> Cow<'_, str> {
        self.text()
    }
}

struct Reader<'t> {
    text: &'t str,
    position: usize,
    open: u32,
    /// Set where the text cannot be read on: what is open then ends there.
    broken: bool,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.position += 1;
        }
    }

    /// Step over `byte`, behind blanks; else the text is broken.
    fn take(&mut self, byte: u8) -> Option<()> {
        self.blanks();
        if self.peek() != Some(byte) {
            self.broken = true;
            return None;
        }
        self.position += 1;
        Some(())
    }

    /// True when a list of members or elements ends here; steps over its end or over the comma.
    fn ends(&mut self, close: u8, first: bool) -> bool {
        self.blanks();
        if self.broken {
            return true;
        }
        if self.peek() == Some(close) {
            self.position += 1;
            return true;
        }
        !first && self.take(b',').is_none()
    }

    fn value(&mut self) -> Option<Json<'t>> {
        self.blanks();
        let start = self.position;
        let shape = match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Shape::Text),
            Some(_) => self.bare(),
            None => None,
        };
        if shape.is_none() {
            self.broken = true;
        }
        Some(Json { source: self.text.get(start..self.position)?, shape: shape? })
    }

    fn nested(&mut self, inner: impl FnOnce(&mut Self) -> Shape<'t>) -> Option<Shape<'t>> {
        if self.open >= MOST_OPEN {
            return None;
        }
        self.open += 1;
        self.position += 1;
        let shape = inner(self);
        self.open -= 1;
        Some(shape)
    }

    fn object(&mut self) -> Shape<'t> {
        let mut members = Vec::new();
        while !self.ends(b'}', members.is_empty()) {
            members.extend(self.member());
        }
        Shape::Object(members)
    }

    fn member(&mut self) -> Option<(Cow<'t, str>, Json<'t>)> {
        self.blanks();
        let name = self.string();
        if name.is_none() {
            self.broken = true;
        }
        let name = name?;
        self.take(b':')?;
        Some((name, self.value()?))
    }

    fn array(&mut self) -> Shape<'t> {
        let mut elements = Vec::new();
        while !self.ends(b']', elements.is_empty()) {
            elements.extend(self.value());
        }
        Shape::Array(elements)
    }

    /// A number or a word. One that touches the end of the text may be cut off.
    fn bare(&mut self) -> Option<Shape<'t>> {
        let start = self.position;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z')) {
            self.position += 1;
        }
        let word = self.text.get(start..self.position)?;
        let number = word.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        let known = number || matches!(word, "true" | "false" | "null");
        (known && self.position < self.text.len()).then_some(Shape::Bare)
    }

    fn string(&mut self) -> Option<Cow<'t, str>> {
        let start = self.position;
        if self.peek() != Some(b'"') {
            return None;
        }
        let mut escaped = false;
        let mut at = start + 1;
        loop {
            match self.text.as_bytes().get(at)? {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    at += 2;
                }
                _ => at += 1,
            }
        }
        self.position = at + 1;
        let inside = self.text.get(start + 1..at)?;
        if !escaped {
            return Some(Cow::Borrowed(inside));
        }
        // Escapes that are none stay as they are written.
        let decoded = self.text.get(start..=at).and_then(|quoted| serde_json::from_str(quoted).ok());
        Some(decoded.map_or(Cow::Borrowed(inside), Cow::Owned))
    }
}

#[cfg(test)]
mod tests;
