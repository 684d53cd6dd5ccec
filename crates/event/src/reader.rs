//! Text files: XML, JSON, classic events, CSV and plain lines, in the order they stand, also mixed in one file.

mod embedded;

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::builder::{At, Builder};
use crate::csv::{self, Row};
use crate::detect::{detect_text, find_event, is_event_start};
use crate::headed::Header;
use crate::{DecodeOptions, Format, audit, classic, json, xml};

/// No event may be longer, whatever the options say: places in it are numbers of 31 bits.
const MOST_EVENT_BYTES: usize = 1 << 30;

/// Reads one text into a builder.
pub(crate) struct TextReader<'t, 'b, 's> {
    text: &'t str,
    pos: usize,
    /// Bytes of the file before the text.
    before: u64,
    /// Lines counted up to `counted`.
    line: u64,
    counted: usize,
    /// What the file is by its beginning.
    main: Format,
    event_bytes: usize,
    /// Keys of objects that carry events.
    carriers: &'b BTreeSet<String>,
    /// The arrays that are open, and whether they stand in a carrier.
    open: Vec<bool>,
    /// No object has been read yet.
    is_first: bool,
    /// The first key of an object that no envelope begins with; most objects that follow begin with it too.
    plain_key: &'t str,
    builder: &'b mut Builder<'s>,
}

impl<'t, 'b, 's> TextReader<'t, 'b, 's> {
    /// A reader of a text that stands at a place in its file, of a form where that is known.
    pub(crate) fn new(
        text: &'t str,
        (at, main): (At, Option<Format>),
        options: &'b DecodeOptions,
        builder: &'b mut Builder<'s>,
    ) -> Self {
        let start = || text.get(..text.floor_char_boundary(64 << 10)).unwrap_or(text);
        Self {
            text,
            pos: 0,
            before: at.offset,
            line: at.record,
            counted: 0,
            main: main.unwrap_or_else(|| detect_text(start())),
            event_bytes: options.event_bytes.min(MOST_EVENT_BYTES),
            carriers: &options.carriers,
            open: Vec::new(),
            is_first: true,
            plain_key: "",
            builder,
        }
    }

    pub(crate) fn read(mut self) {
        match self.main {
            Format::Csv => return self.csv(),
            Format::W3c | Format::Zeek => return self.headed(),
            _ => {}
        }
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_ascii_start().len();
            self.pos += blank;
            match self.rest().as_bytes().first() {
                None => break,
                Some(b'{') => self.object(),
                Some(b'[') if self.main == Format::Json => {
                    self.open.push(false);
                    self.pos += 1;
                }
                Some(b']') if self.main == Format::Json => self.close_array(),
                Some(b',') if self.main == Format::Json => self.pos += 1,
                Some(b'<') => self.markup(),
                Some(b'0'..=b'9') if classic::starts(self.rest()) => self.classic(),
                Some(_) => self.line(),
            }
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.pos..).unwrap_or("")
    }

    /// The longest event that may stand at `pos`.
    fn window(&self) -> &'t str {
        let end = self.text.floor_char_boundary(self.pos.saturating_add(self.event_bytes));
        self.text.get(..end).unwrap_or(self.text)
    }

    fn at(&mut self, offset: usize) -> At {
        let passed = self.text.get(self.counted..offset).unwrap_or("");
        self.line += memchr::memchr_iter(b'\n', passed.as_bytes()).count() as u64;
        self.counted = self.counted.max(offset);
        At { offset: self.before + offset as u64, record: self.line }
    }

    fn line_end(&self, from: usize) -> usize {
        let rest = self.text.get(from..).unwrap_or("").as_bytes();
        memchr::memchr(b'\n', rest).map_or(self.text.len(), |at| from + at)
    }

    fn line_start(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or("").as_bytes();
        memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1)
    }

    /// A JSON object. In a file of another form a line that only begins like one is a line of text.
    fn object(&mut self) {
        if self.envelope() {
            return;
        }
        let at = self.at(self.pos);
        self.builder.begin(Format::Json, at);
        let start = self.pos;
        match json::read_object(self.window(), start, self.builder) {
            Ok(end) => {
                self.builder.quoted(self.text.get(start..end).unwrap_or(""), 0);
                self.builder.end();
                self.pos = end;
            }
            Err(_) if self.main != Format::Json => {
                self.builder.abandon();
                self.line();
            }
            Err(error) => {
                self.builder.abandon();
                let reason = if error.at >= self.text.len() || error.at < start + self.event_bytes.saturating_sub(4) {
                    format!("broken JSON: {} at byte {}", error.reason, error.at)
                } else {
                    self.too_long()
                };
                self.builder.set_aside(at, reason);
                self.skip_broken(start);
            }
        }
    }

    fn too_long(&self) -> String {
        format!("the event is longer than {} bytes", self.event_bytes)
    }

    /// Go to the next line that begins as the broken object did: pretty-printed JSON is indented inside.
    fn skip_broken(&mut self, start: usize) {
        let indent = self.text.get(self.line_start(start)..start).unwrap_or("");
        let indent = if indent.trim_start().is_empty() { indent } else { "" };
        self.skip_lines(|line| {
            let begins = line.strip_prefix(indent).is_some_and(|rest| rest.starts_with('{'));
            begins || is_event_start(line.trim_start()) || classic::starts(line)
        });
    }

    /// Skip lines until `stop` holds for what begins there.
    fn skip_lines(&mut self, stop: impl Fn(&str) -> bool) {
        loop {
            self.pos = self.line_end(self.pos);
            if self.pos >= self.text.len() {
                return;
            }
            self.pos += 1;
            if stop(self.rest()) {
                return;
            }
        }
    }

    /// `<Event …>`, or a tag around events (`<?xml …?>`, `<Events>`), or a line that merely begins with `<`.
    fn markup(&mut self) {
        let rest = self.rest();
        if is_event_start(rest) {
            return self.event(self.pos, self.pos);
        }
        let wrapper = ["<?xml", "<Events>", "<Events ", "</Events>", "<!--"].iter().any(|tag| rest.starts_with(tag));
        let end = if rest.starts_with("<!--") { "-->" } else { ">" };
        match memchr::memmem::find(self.window().get(self.pos..).unwrap_or("").as_bytes(), end.as_bytes()) {
            Some(length) if wrapper => self.pos += length + end.len(),
            _ => self.line(),
        }
    }

    /// The XML event at `start`; its text begins at `text_start`, on the same line.
    fn event(&mut self, text_start: usize, start: usize) {
        let at = self.at(text_start);
        self.builder.begin(Format::WindowsEventXml, at);
        match xml::read_event(self.window(), start, self.builder) {
            Ok(end) => {
                self.builder.quoted(self.text.get(text_start..end).unwrap_or(""), start - text_start);
                self.builder.end();
                self.pos = end;
            }
            Err(broken) => {
                let cut = self.window().len() < self.text.len() && broken.resume >= self.window().len();
                let reason = if cut { self.too_long() } else { format!("broken event XML: {}", broken.reason) };
                self.builder.abandon();
                self.builder.set_aside(at, reason);
                self.pos = broken.resume.max(start + 1);
                if !is_event_start(self.rest()) {
                    // What is left of the broken event are its tags.
                    self.skip_lines(|line| {
                        !line.trim_start_matches([' ', '\t', '\r']).starts_with('<')
                            || is_event_start(line.trim_start())
                    });
                }
            }
        }
    }

    fn classic(&mut self) {
        let at = self.at(self.pos);
        let length = classic::length(self.rest());
        let event = self.rest().get(..length).unwrap_or("");
        self.pos += length;
        if length > self.event_bytes {
            let reason = self.too_long();
            return self.builder.set_aside(at, reason);
        }
        self.builder.begin(Format::ClassicWindowsEvent, at);
        classic::read_event(event, self.builder);
        self.builder.raw(event);
        self.builder.end();
    }

    /// A line of text, unless an XML event begins in it (behind a syslog header, say).
    fn line(&mut self) {
        let start = self.pos;
        let end = self.line_end(start);
        let line = self.text.get(start..end).unwrap_or("");
        if let Some(event) = find_event(line, 0) {
            return self.event(start, start + event);
        }
        let at = self.at(start);
        self.pos = end;
        if line.len() > self.event_bytes {
            let reason = format!("a line of {} bytes: more than {}", line.len(), self.event_bytes);
            return self.builder.set_aside(at, reason);
        }
        self.builder.begin_after(Format::Lines, at, || audit::goes_on(self.text.as_bytes(), start));
        self.builder.raw_line(line.trim_end());
        self.builder.end();
    }

    /// Lines under a header of comment lines.
    fn headed(&mut self) {
        let mut header = Header::default();
        while self.pos < self.text.len() {
            let (start, end) = (self.pos, self.line_end(self.pos));
            self.pos = end + 1;
            let line = self.text.get(start..end).unwrap_or("").trim_end_matches('\r');
            if line.starts_with('#') {
                header.read(line);
            } else if !line.is_empty() {
                let at = self.at(start);
                self.builder.begin(self.main, at);
                match header.read_event(self.main, line, self.builder) {
                    Ok(()) => {
                        self.builder.raw(line);
                        self.builder.end();
                    }
                    Err(reason) => {
                        self.builder.abandon();
                        self.builder.set_aside(at, reason);
                    }
                }
            }
        }
    }

    fn csv(&mut self) {
        let blank = self.text.len() - self.text.trim_start().len();
        self.pos = blank;
        let Some((header, length)) = Row::read(self.rest()) else {
            return;
        };
        let names: Vec<String> = header.cells.iter().map(|cell| csv::field_name(cell)).collect();
        self.pos += length;
        while let Some((row, length)) = Row::read(self.rest()) {
            let at = self.at(self.pos);
            let raw = self.rest().get(..length).unwrap_or("").trim_end_matches(['\r', '\n']);
            self.pos += length;
            if raw.is_empty() {
                continue;
            }
            if let Some(reason) = self.bad_row(&row, names.len(), raw.len()) {
                self.builder.set_aside(at, reason);
                continue;
            }
            self.builder.begin(Format::Csv, at);
            for (name, cell) in names.iter().zip(&row.cells) {
                self.builder.field(name, cell);
            }
            self.builder.raw(raw);
            self.builder.end();
        }
    }

    fn bad_row(&self, row: &Row<'_>, width: usize, bytes: usize) -> Option<String> {
        let more_than_blank = row.cells.iter().skip(width).any(|cell: &Cow<'_, str>| !cell.is_empty());
        if !row.closed {
            Some("a quoted cell has no end".to_owned())
        } else if more_than_blank {
            Some(format!("{} cells under a header of {width}", row.cells.len()))
        } else {
            (bytes > self.event_bytes).then(|| self.too_long())
        }
    }
}
