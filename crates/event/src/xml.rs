//! Windows event XML: a scanner for this one shape, straight into the batch.
//!
//! Values have their entities decoded; `_raw` keeps the text as it stands.

use crate::builder::Builder;
use crate::detect::is_event_start;
use crate::time;
use crate::windows::{Section, alias, is_named, prefix};

/// Elements within elements; Windows writes four or five.
const MOST_OPEN: usize = 128;

/// Why an event could not be read, and where to read on.
#[derive(Debug)]
pub(crate) struct Broken {
    pub(crate) resume: usize,
    pub(crate) reason: String,
}

fn broken<T>(resume: usize, reason: impl Into<String>) -> Result<T, Broken> {
    Err(Broken { resume, reason: reason.into() })
}

/// An element whose end has not come yet.
struct Open<'t> {
    name: &'t str,
    section: Section,
    has_child: bool,
    /// The value of `Name`, where that names the field.
    field: Option<&'t str>,
}

struct Scanner<'t, 'b, 's> {
    text: &'t str,
    /// Where the event begins.
    start: usize,
    pos: usize,
    open: Vec<Open<'t>>,
    /// Text of the open element, entities not yet decoded.
    plain: &'t str,
    /// Where it stands.
    plain_at: usize,
    /// Text before `plain`, decoded.
    decoded: String,
    builder: &'b mut Builder<'s>,
}

/// Read the event that begins at `start` into the open event of `builder`; gives its end.
///
/// `text` ends where the longest allowed event would. Whoever calls gives the builder the event's text: [`Builder::quoted`].
pub(crate) fn read_event(text: &str, start: usize, builder: &mut Builder<'_>) -> Result<usize, Broken> {
    let decoded = String::new();
    let open = Vec::with_capacity(8);
    let mut scanner = Scanner { text, start, pos: start, open, plain: "", plain_at: start, decoded, builder };
    loop {
        scanner.markup()?;
        if scanner.open.is_empty() {
            return Ok(scanner.pos);
        }
        scanner.characters()?;
    }
}

impl<'t> Scanner<'t, '_, '_> {
    fn rest(&self) -> &'t str {
        self.text.get(self.pos..).unwrap_or("")
    }

    fn find(&self, needle: &str) -> Option<usize> {
        memchr::memmem::find(self.rest().as_bytes(), needle.as_bytes()).map(|at| self.pos + at)
    }

    /// The text up to the next `<`.
    fn characters(&mut self) -> Result<(), Broken> {
        let rest = self.rest();
        let Some(length) = memchr::memchr(b'<', rest.as_bytes()) else {
            return broken(self.text.len(), "the event has no end");
        };
        if length > 0 {
            self.add(rest.get(..length).unwrap_or(""));
            self.plain_at = self.pos;
        }
        self.pos += length;
        Ok(())
    }

    fn add(&mut self, text: &'t str) {
        if !self.plain.is_empty() {
            unescape(self.plain, &mut self.decoded);
        }
        self.plain = text;
    }

    /// One tag, comment or section of characters; `pos` stands on its `<`.
    fn markup(&mut self) -> Result<(), Broken> {
        let rest = self.rest();
        match rest.as_bytes().get(1) {
            Some(b'/') => self.end_tag(),
            Some(b'!') if rest.starts_with("<![CDATA[") => self.cdata(),
            Some(b'!') if rest.starts_with("<!--") => self.skip_past("-->"),
            Some(b'?') => self.skip_past("?>"),
            Some(byte) if byte.is_ascii_alphabetic() || *byte == b'_' => self.start_tag(),
            Some(_) => broken(self.pos + 1, "`<` begins no tag"),
            None => broken(self.text.len(), "the event has no end"),
        }
    }

    fn skip_past(&mut self, end: &str) -> Result<(), Broken> {
        let Some(at) = self.find(end) else {
            return broken(self.text.len(), format!("no `{end}`"));
        };
        self.pos = at + end.len();
        Ok(())
    }

    fn cdata(&mut self) -> Result<(), Broken> {
        let start = self.pos + "<![CDATA[".len();
        self.skip_past("]]>")?;
        self.add("");
        self.decoded.push_str(self.text.get(start..self.pos - 3).unwrap_or(""));
        Ok(())
    }

    fn start_tag(&mut self) -> Result<(), Broken> {
        let rest = self.rest();
        if !self.open.is_empty() && is_event_start(rest) {
            return broken(self.pos, "the event has no end before the next begins");
        }
        let tag = rest.get(1..).unwrap_or("");
        let length =
            tag.bytes().take_while(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>' | b'<')).count();
        let name = tag.get(..length).unwrap_or("");
        if self.open.len() >= MOST_OPEN {
            return broken(self.pos + 1, "elements nested too deeply");
        }
        let section = match (self.open.len(), self.open.last_mut()) {
            (_, None) => Section::Event,
            (1, Some(parent)) => {
                parent.has_child = true;
                Section::of_child(name)
            }
            (_, Some(parent)) => {
                parent.has_child = true;
                parent.section
            }
        };
        self.pos += 1 + length;
        self.plain = "";
        self.decoded.clear();
        let mut element = Open { name, section, has_child: false, field: None };
        let is_empty = self.attributes(&mut element)?;
        if !is_empty {
            self.open.push(element);
        }
        Ok(())
    }

    /// The attributes and the end of a start tag; true when it was `/>`.
    fn attributes(&mut self, element: &mut Open<'t>) -> Result<bool, Broken> {
        loop {
            let rest = self.rest().trim_start();
            self.pos = self.text.len() - rest.len();
            if rest.starts_with('>') {
                self.pos += 1;
                return Ok(false);
            }
            if rest.starts_with("/>") {
                self.pos += 2;
                return Ok(true);
            }
            let Some((name, value)) = self.attribute(rest) else {
                return broken(self.pos, format!("broken attribute in `<{}>`", element.name));
            };
            let is_own = self.open.is_empty() || (self.open.len() == 1 && element.section != Section::UserData);
            if is_own {
                // `Event` and its parts have attributes of XML's own only.
            } else if name == "Name" && is_named(element.section, element.name) {
                element.field = Some(value);
            } else if element.section.takes_attribute(name) {
                self.attribute_field(name, value);
            }
        }
    }

    /// `name='value'` at the start of `rest`.
    fn attribute(&mut self, rest: &'t str) -> Option<(&'t str, &'t str)> {
        let equals = memchr::memchr3(b'=', b'<', b'>', rest.as_bytes())?;
        let name = rest.get(..equals)?.trim_end();
        let after = rest.get(equals..)?.strip_prefix('=')?.trim_start();
        let quote = *after.as_bytes().first().filter(|byte| matches!(byte, b'\'' | b'"'))?;
        let value = after.get(1..)?;
        let length = memchr::memchr2(quote, b'<', value.as_bytes())?;
        let (value, end) = value.split_at_checked(length)?;
        let end = end.strip_prefix(char::from(quote))?;
        self.pos = self.text.len() - end.len();
        Some((name, value))
    }

    fn attribute_field(&mut self, name: &str, value: &str) {
        if name == "SystemTime"
            && let Some(micros) = time::iso(value)
        {
            self.builder.time(micros);
        }
        if value.is_empty() {
            return;
        }
        if let Some(id) = self.builder.id(name) {
            let start = self.builder.text().len();
            unescape(value, self.builder.text());
            self.builder.field_from(id, start);
        }
    }

    fn end_tag(&mut self) -> Result<(), Broken> {
        let rest = self.rest();
        let Some(length) = memchr::memchr(b'>', rest.as_bytes()) else {
            return broken(self.text.len(), "the event has no end");
        };
        let name = rest.get(2..length).unwrap_or("").trim_end();
        let Some(element) = self.open.pop() else {
            return broken(self.pos + 1, "an end tag without its start");
        };
        if element.name != name {
            return broken(self.pos + 1, format!("`</{}>` expected", element.name));
        }
        self.pos += length + 1;
        if !element.has_child {
            self.leaf(&element);
        }
        self.plain = "";
        self.decoded.clear();
        Ok(())
    }

    /// The text of an element without children is a field.
    fn leaf(&mut self, element: &Open<'t>) {
        if (self.plain.is_empty() && self.decoded.is_empty()) || self.open.len() < 2 {
            return;
        }
        let Some(id) = self.id_of(element) else {
            return;
        };
        if self.decoded.is_empty() && memchr::memchr(b'&', self.plain.as_bytes()).is_none() {
            self.builder.quote(id, self.plain_at - self.start, self.plain.len());
        } else {
            let start = self.builder.text().len();
            self.builder.text().push_str(&self.decoded);
            unescape(self.plain, self.builder.text());
            self.builder.field_from(id, start);
        }
        if let Some(alias) = alias(element.section, element.name)
            && let Some(id) = self.builder.id(alias)
        {
            self.builder.alias(id);
        }
    }

    fn id_of(&mut self, element: &Open<'t>) -> Option<crate::FieldId> {
        match element.field {
            Some(name) if memchr::memchr(b'&', name.as_bytes()).is_some() => {
                let mut decoded = String::new();
                unescape(name, &mut decoded);
                self.builder.id(&decoded)
            }
            Some("") => self.builder.id(element.name),
            Some(name) => self.builder.id(name),
            None => match prefix(element.section, element.name) {
                "" => self.builder.id(element.name),
                prefix => self.builder.id(&format!("{prefix}{}", element.name)),
            },
        }
    }
}

/// Append with the five entities of XML and character references decoded; what is no entity stays as it is.
pub(crate) fn unescape(text: &str, into: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        let (before, from) = rest.split_at(at);
        into.push_str(before);
        let end = from.as_bytes().iter().take(12).position(|byte| *byte == b';');
        let decoded = end.and_then(|end| from.get(1..end)).and_then(entity);
        match (decoded, end) {
            (Some(character), Some(end)) => {
                into.push(character);
                rest = from.get(end + 1..).unwrap_or("");
            }
            _ => {
                into.push('&');
                rest = from.get(1..).unwrap_or("");
            }
        }
    }
    into.push_str(rest);
}

fn entity(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests;
