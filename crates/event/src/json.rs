//! JSON objects, flattened as Splunk's `spath` and `KV_MODE = json` name the paths: `a.b`, `a{}.b`, `a{}`.
//!
//! One pass over the text, no tree: names and values go straight into the batch. The grammar is RFC 8259's, and
//! an object that breaks it is no event. Numbers and literals keep their text, so `null` is the text `null`, as Splunk
//! shows it (its manual does not say); the empty string is no field, but within an array it is a value.

use crate::builder::Builder;

/// Takes the fields that are found.
pub(crate) trait FieldSink {
    /// A value; an empty one keeps its place among the values of an array.
    fn field(&mut self, name: &str, value: &str);

    /// A value that stands in the text as it is, at this byte from where the object begins.
    fn quote(&mut self, name: &str, value: &str, _at: usize) {
        self.field(name, value);
    }
}

/// Whoever reads into a builder gives it the object's text when it is read: [`Builder::quoted`].
impl FieldSink for Builder<'_> {
    fn field(&mut self, name: &str, value: &str) {
        if let Some(id) = self.id(name) {
            self.value(id, value);
        }
    }

    fn quote(&mut self, name: &str, value: &str, at: usize) {
        if let Some(id) = self.id(name) {
            self.quote(id, at, value.len());
        }
    }
}

impl<F: FnMut(&str, &str)> FieldSink for F {
    fn field(&mut self, name: &str, value: &str) {
        self(name, value);
    }
}

/// Objects and arrays within each other.
const MOST_OPEN: usize = 128;

/// Why a text is no JSON, and where.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotJson {
    pub(crate) at: usize,
    pub(crate) reason: &'static str,
}

type Outcome<T> = Result<T, NotJson>;

struct Scanner<'t, 'b, S> {
    text: &'t str,
    start: usize,
    pos: usize,
    depth: usize,
    path: String,
    /// A value with its escapes decoded, kept for its memory.
    decoded: String,
    sink: &'b mut S,
}

/// Read the object that begins at `start` into the open event of `builder`; gives its end.
pub(crate) fn read_object<S: FieldSink>(text: &str, start: usize, sink: &mut S) -> Outcome<usize> {
    let path = String::with_capacity(64);
    let mut scanner = Scanner { text, start, pos: start, depth: 0, path, decoded: String::new(), sink };
    scanner.object()?;
    Ok(scanner.pos)
}

/// The fields of a text that is a JSON object, as of a JSON event; false, with what was found so far, when it is none.
pub fn json_fields(text: &str, field: &mut dyn FnMut(&str, &str)) -> bool {
    let text = text.trim_ascii();
    let mut sink = |name: &str, value: &str| field(name, value);
    read_object(text, 0, &mut sink).is_ok_and(|end| end == text.len())
}

/// Append the inside of a string with its escapes decoded.
pub(crate) fn unescape(text: &str, into: &mut String) -> Result<(), &'static str> {
    decode_string(text, into)
}

impl<'t, S: FieldSink> Scanner<'t, '_, S> {
    fn fail<T>(&self, reason: &'static str) -> Outcome<T> {
        Err(NotJson { at: self.pos, reason })
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.pos).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.pos += 1;
        }
    }

    fn take(&mut self, byte: u8, reason: &'static str) -> Outcome<()> {
        self.blanks();
        if self.peek() != Some(byte) {
            return self.fail(if self.pos >= self.text.len() { "the object has no end" } else { reason });
        }
        self.pos += 1;
        Ok(())
    }

    /// True when the closing byte stands here, and takes it.
    fn closes(&mut self, byte: u8) -> bool {
        self.blanks();
        let closes = self.peek() == Some(byte);
        self.pos += usize::from(closes);
        closes
    }

    fn enter(&mut self) -> Outcome<()> {
        self.depth += 1;
        if self.depth > MOST_OPEN { self.fail("nested too deeply") } else { Ok(()) }
    }

    fn object(&mut self) -> Outcome<()> {
        self.enter()?;
        self.take(b'{', "`{` expected")?;
        let length = self.path.len();
        if !self.closes(b'}') {
            loop {
                self.blanks();
                if length > 0 {
                    self.path.push('.');
                }
                self.name()?;
                self.take(b':', "`:` expected")?;
                self.value()?;
                self.path.truncate(length);
                if self.closes(b'}') {
                    break;
                }
                self.take(b',', "`,` or `}` expected")?;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn array(&mut self) -> Outcome<()> {
        self.enter()?;
        self.take(b'[', "`[` expected")?;
        let length = self.path.len();
        self.path.push_str("{}");
        if !self.closes(b']') {
            loop {
                self.value()?;
                if self.closes(b']') {
                    break;
                }
                self.take(b',', "`,` or `]` expected")?;
            }
        }
        self.path.truncate(length);
        self.depth -= 1;
        Ok(())
    }

    /// A member's name, appended to the path.
    fn name(&mut self) -> Outcome<()> {
        let text = self.text;
        let (start, end, escaped) = self.string()?;
        let name = text.get(start..end).unwrap_or("");
        if escaped {
            decode_string(name, &mut self.path).map_err(|reason| NotJson { at: start, reason })?;
        } else {
            self.path.push_str(name);
        }
        Ok(())
    }

    fn value(&mut self) -> Outcome<()> {
        self.blanks();
        match self.peek() {
            Some(b'"') => self.string_value(),
            Some(b'{') => self.object(),
            Some(b'[') => self.array(),
            Some(b't') => self.literal("true"),
            Some(b'f') => self.literal("false"),
            Some(b'n') => self.literal("null"),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => self.fail("a value expected"),
            None => self.fail("the object has no end"),
        }
    }

    fn string_value(&mut self) -> Outcome<()> {
        let text = self.text;
        let (start, end, escaped) = self.string()?;
        let value = text.get(start..end).unwrap_or("");
        // Lists that belong together (names and values) must stay as long as each other.
        if value.is_empty() && !self.path.contains("{}") {
            return Ok(());
        }
        if !escaped {
            self.sink.quote(&self.path, value, start - self.start);
            return Ok(());
        }
        self.decoded.clear();
        decode_string(value, &mut self.decoded).map_err(|reason| NotJson { at: start, reason })?;
        self.sink.field(&self.path, &self.decoded);
        Ok(())
    }

    /// The inside of a string and whether it has escapes.
    fn string(&mut self) -> Outcome<(usize, usize, bool)> {
        self.take(b'"', "`\"` expected")?;
        let start = self.pos;
        let bytes = self.text.as_bytes();
        let mut escaped = false;
        loop {
            self.pos += plain_run(bytes.get(self.pos..).unwrap_or(&[]));
            match bytes.get(self.pos) {
                Some(b'"') => {
                    let end = self.pos;
                    self.pos += 1;
                    return Ok((start, end, escaped));
                }
                Some(b'\\') => {
                    escaped = true;
                    self.pos = (self.pos + 2).min(bytes.len());
                }
                Some(_) => return self.fail("a line break or control character in a string"),
                None => return self.fail("the string has no end"),
            }
        }
    }

    fn literal(&mut self, word: &str) -> Outcome<()> {
        let text = self.text;
        if !text.get(self.pos..).is_some_and(|rest| rest.starts_with(word)) {
            return self.fail("a value expected");
        }
        self.sink.quote(&self.path, word, self.pos - self.start);
        self.pos += word.len();
        Ok(())
    }

    fn digits(&mut self) -> Outcome<()> {
        let start = self.pos;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.pos += 1;
        }
        if self.pos == start { self.fail("a digit expected") } else { Ok(()) }
    }

    fn number(&mut self) -> Outcome<()> {
        let start = self.pos;
        if self.peek() == Some(b'-') {
            self.pos += 1;
        }
        if self.peek() == Some(b'0') {
            self.pos += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.pos += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.pos += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.pos += 1;
            }
            self.digits()?;
        }
        let text = self.text;
        self.sink.quote(&self.path, text.get(start..self.pos).unwrap_or(""), start - self.start);
        Ok(())
    }
}

/// How many bytes of a string's inside stand before a quote, a backslash or a control character. Most strings are short:
/// eight bytes are looked at together, and nothing is called.
fn plain_run(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let found = ends_run(u64::from_le_bytes(*word));
        if found != 0 {
            return at * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let plain = |byte: &&u8| !matches!(byte, b'"' | b'\\' | 0..0x20);
    words.len() * 8 + rest.iter().take_while(plain).count()
}

/// The high bit of the lowest byte that ends a run is set, and none below it (Bit Twiddling Hacks, "Determine if a word has
/// a byte less than n").
fn ends_run(word: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let below = |word: u64, limit: u64| word.wrapping_sub(EACH * limit) & !word;
    let is = |byte: u8| below(word ^ (EACH * u64::from(byte)), 1);
    (is(b'"') | is(b'\\') | below(word, 0x20)) & (EACH * 0x80)
}

/// Append a string with its escapes decoded. Half of a surrogate pair becomes U+FFFD.
fn decode_string(text: &str, into: &mut String) -> Result<(), &'static str> {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        let (before, escape) = rest.split_at(at);
        into.push_str(before);
        rest = escape.get(2..).unwrap_or("");
        let plain = match escape.as_bytes().get(1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let (character, after) = decode_unicode(rest).ok_or("`\\u` without four hex digits")?;
                rest = after;
                character
            }
            _ => return Err("an unknown escape in a string"),
        };
        into.push(plain);
    }
    into.push_str(rest);
    Ok(())
}

fn hex4(text: &str) -> Option<(u32, &str)> {
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    Some((u32::from_str_radix(digits, 16).ok()?, text.get(4..)?))
}

fn decode_unicode(text: &str) -> Option<(char, &str)> {
    let (unit, rest) = hex4(text)?;
    if (0xd800..0xdc00).contains(&unit)
        && let Some((low, after)) = rest.strip_prefix("\\u").and_then(hex4)
        && (0xdc00..0xe000).contains(&low)
    {
        let code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        return Some((char::from_u32(code)?, after));
    }
    Some((char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER), rest))
}

#[cfg(test)]
mod tests;
