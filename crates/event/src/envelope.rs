//! What transports put around events: HTTP Event Collector's envelope, rows that Splunk exported, objects that only
//! carry an array of events.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::json::{json_fields, unescape};
use crate::{Metadata, time};

/// An envelope that was found where a JSON object begins.
#[derive(Debug, PartialEq)]
pub(crate) enum Envelope<'t> {
    /// An array of events begins at this byte, behind its `[`.
    Carrier(usize),
    /// One event.
    Wrapped(Wrapped<'t>),
}

/// An event in an envelope.
#[derive(Debug, PartialEq)]
pub(crate) struct Wrapped<'t> {
    pub(crate) metadata: Metadata,
    /// The event: a JSON object, or any text.
    pub(crate) event: Cow<'t, str>,
    /// An object of further fields (HEC's `fields`).
    pub(crate) fields: Option<&'t str>,
    pub(crate) index: Option<String>,
    /// Where the envelope ends.
    pub(crate) end: usize,
}

/// "Format events for HTTP Event Collector", Splunk's manual on getting data in.
const HEC: &[&str] = &["event", "time", "host", "source", "sourcetype", "index", "fields"];
/// What the export endpoint of Splunk's search API puts around a result.
const EXPORT: &[&str] = &["preview", "offset", "lastrow", "result"];

/// The envelope that begins at `start`. Only the first object of a file is searched for a carrier whole; others show it by
/// their first key.
pub(crate) fn find<'t>(
    text: &'t str,
    start: usize,
    carriers: &BTreeSet<String>,
    is_first: bool,
) -> Option<Envelope<'t>> {
    let mut members = Members::new(text, start)?;
    let first = members.key()?;
    let name = text.get(first.clone())?;
    // Where an envelope is no JSON, nobody knows where it ends.
    let is_whole = |wrapped: &Wrapped<'_>| {
        text.get(start..wrapped.end).is_some_and(|envelope| json_fields(envelope, &mut |_, _| {}))
    };
    if HEC.contains(&name) {
        if let Some(wrapped) = hec(text, start).filter(is_whole) {
            return Some(Envelope::Wrapped(wrapped));
        }
    } else if EXPORT.contains(&name) {
        return export(text, start).filter(is_whole).map(Envelope::Wrapped);
    } else if name.starts_with('_')
        && let Some(wrapped) = exported_row(text, start, None).filter(is_whole)
    {
        return Some(Envelope::Wrapped(wrapped));
    }
    let mut key = first;
    loop {
        if text.get(key).is_some_and(|name| carriers.contains(name))
            && let Some(array) = members.array_of_objects()
        {
            return Some(Envelope::Carrier(array));
        }
        if !is_first {
            return None;
        }
        members.value()?;
        key = members.key()?;
    }
}

/// The first key of the object that begins at `start`, when no envelope begins with it, unless it is the first in its file.
pub(crate) fn plain_key<'t>(text: &'t str, start: usize, carriers: &BTreeSet<String>) -> Option<&'t str> {
    let name = text.get(Members::new(text, start)?.key()?)?;
    let may_be = HEC.contains(&name) || EXPORT.contains(&name) || name.starts_with('_') || carriers.contains(name);
    (!may_be).then_some(name)
}

/// Behind the array of a carrier: the byte after the carrier's end.
pub(crate) fn carrier_end(text: &str, array_end: usize) -> Option<usize> {
    let mut members = Members { text, pos: array_end, is_first: false, end: None };
    while members.key().is_some() {
        members.value()?;
    }
    members.end
}

fn hec(text: &str, start: usize) -> Option<Wrapped<'_>> {
    let mut members = Members::new(text, start)?;
    let (mut event, mut metadata, mut fields, mut index) = (None, Metadata::default(), None, None);
    let mut says_more = false;
    while let Some(key) = members.key() {
        let name = text.get(key)?;
        let value = text.get(members.value()?)?;
        says_more |= !matches!(name, "event" | "time" | "host");
        match name {
            "event" => event = Some(value),
            "fields" => fields = value.starts_with('{').then_some(value),
            "index" => index = string(value).map(Cow::into_owned),
            _ => describe(&mut metadata, name, value)?,
        }
    }
    let event = event?;
    // Measurements are read where they stand.
    let event = if event == "\"metric\"" || !says_more { return None } else { string(event)? };
    Some(Wrapped { metadata, event, fields, index, end: members.end? })
}

/// Put a member of an envelope where it belongs; `None` for a key that no envelope has.
fn describe(metadata: &mut Metadata, name: &str, value: &str) -> Option<()> {
    let text = || string(value).map(|text| Box::<str>::from(&*text));
    match name {
        "host" => metadata.host = text(),
        "source" => metadata.source = text(),
        "sourcetype" => metadata.sourcetype = text(),
        "time" | "_time" => {
            metadata.time = string(value).and_then(|text| time::epoch(&text).or_else(|| time::iso(&text)))
        }
        _ => return None,
    }
    Some(())
}

fn export(text: &str, start: usize) -> Option<Wrapped<'_>> {
    let mut members = Members::new(text, start)?;
    let mut result = None;
    while let Some(key) = members.key() {
        let name = text.get(key)?;
        let value = members.value()?;
        match name {
            "result" => result = Some(value.start),
            name if EXPORT.contains(&name) => {}
            _ => return None,
        }
    }
    exported_row(text, result?, members.end)
}

/// A result row with the event's text: the fields that a search had extracted are extracted anew.
fn exported_row(text: &str, start: usize, end: Option<usize>) -> Option<Wrapped<'_>> {
    let mut members = Members::new(text, start)?;
    let (mut raw, mut metadata, mut index) = (None, Metadata::default(), None);
    while let Some(key) = members.key() {
        let name = text.get(key)?;
        let value = text.get(members.value()?)?;
        match name {
            "_raw" => raw = value.starts_with('"').then(|| string(value)).flatten(),
            "index" => index = string(value).map(Cow::into_owned),
            _ => drop(describe(&mut metadata, name, value)),
        }
    }
    metadata.sourcetype.as_ref()?;
    Some(Wrapped { metadata, event: raw?, fields: None, index, end: end.or(members.end)? })
}

/// The text of a string, or an object or a number as it stands.
fn string(value: &str) -> Option<Cow<'_, str>> {
    let Some(inside) = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')) else {
        return Some(Cow::Borrowed(value));
    };
    if !inside.contains('\\') {
        return Some(Cow::Borrowed(inside));
    }
    let mut text = String::with_capacity(inside.len());
    unescape(inside, &mut text).ok()?;
    Some(Cow::Owned(text))
}

/// Goes over the members of an object without reading what is in them.
struct Members<'t> {
    text: &'t str,
    pos: usize,
    is_first: bool,
    /// The byte after the object's end, once it is reached.
    end: Option<usize>,
}

impl<'t> Members<'t> {
    fn new(text: &'t str, start: usize) -> Option<Self> {
        (text.as_bytes().get(start) == Some(&b'{')).then_some(Self { text, pos: start + 1, is_first: true, end: None })
    }

    fn peek(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.pos..)?;
        self.pos += rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.text.as_bytes().get(self.pos).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.pos += 1)
    }

    /// The next key, its quotes left out; `None` at the end.
    fn key(&mut self) -> Option<Range<usize>> {
        if self.peek()? == b'}' {
            self.end = Some(self.pos + 1);
            return None;
        }
        if !std::mem::take(&mut self.is_first) {
            self.take(b',')?;
        }
        self.peek()?;
        let string = self.string()?;
        self.take(b':')?;
        self.peek()?;
        Some(string.start + 1..string.end - 1)
    }

    /// The value that stands here.
    fn value(&mut self) -> Option<Range<usize>> {
        let start = self.pos;
        match self.peek()? {
            b'"' => self.string().map(drop)?,
            b'{' | b'[' => self.nested()?,
            _ => {
                let rest = self.text.as_bytes().get(self.pos..)?;
                let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']') || byte.is_ascii_whitespace();
                let length = rest.iter().position(ends)?;
                let scalar = rest.get(..length)?;
                // A number, `true`, `false`, `null`: else it is no JSON, whose end is anybody's guess.
                let may_be = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
                let begins =
                    scalar.first().is_some_and(|first| matches!(first, b'-' | b'0'..=b'9' | b't' | b'f' | b'n'));
                (begins && scalar.iter().all(may_be)).then_some(())?;
                self.pos += length;
            }
        }
        Some(start..self.pos)
    }

    fn string(&mut self) -> Option<Range<usize>> {
        let start = self.pos;
        (self.text.as_bytes().get(start) == Some(&b'"')).then_some(())?;
        let mut at = start + 1;
        loop {
            let found = at + memchr::memchr3(b'"', b'\\', b'\n', self.text.as_bytes().get(at..)?)?;
            match self.text.as_bytes().get(found)? {
                b'"' => {
                    self.pos = found + 1;
                    return Some(start..self.pos);
                }
                b'\\' => at = found + 2,
                // JSON has no line break in a string: files are cut between lines.
                _ => return None,
            }
        }
    }

    fn nested(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            let rest = self.text.as_bytes().get(self.pos..)?;
            let found = rest.iter().position(|byte| matches!(byte, b'"' | b'{' | b'[' | b'}' | b']'))?;
            self.pos += found;
            match self.text.as_bytes().get(self.pos)? {
                b'"' => self.string().map(drop)?,
                b'{' | b'[' => {
                    depth += 1;
                    self.pos += 1;
                }
                _ => {
                    depth -= 1;
                    self.pos += 1;
                    if depth == 0 {
                        return Some(());
                    }
                }
            }
        }
    }

    /// Behind the `[` of an array that begins with an object.
    fn array_of_objects(&self) -> Option<usize> {
        let mut inside = Self { text: self.text, pos: self.pos, is_first: true, end: None };
        inside.take(b'[')?;
        (inside.peek()? == b'{').then_some(inside.pos)
    }
}

#[cfg(test)]
mod tests;
