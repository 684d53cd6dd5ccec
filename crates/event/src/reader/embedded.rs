//! Events in envelopes.

use super::TextReader;
use crate::builder::At;
use crate::detect::is_event_start;
use crate::envelope::{self, Envelope, Wrapped};
use crate::{Format, Metadata, classic, json, xml};

impl TextReader<'_, '_, '_> {
    /// Read the envelope that begins here; false when none does.
    pub(super) fn envelope(&mut self) -> bool {
        let is_first = std::mem::take(&mut self.is_first);
        if !is_first {
            if self.begins_plain() {
                return false;
            }
            self.plain_key = envelope::plain_key(self.text, self.pos, self.carriers).unwrap_or("");
        }
        match envelope::find(self.text, self.pos, self.carriers, is_first) {
            Some(Envelope::Carrier(array)) if self.main == Format::Json => {
                self.open.push(true);
                self.pos = array;
                // Carriers may be in one another.
                self.is_first = true;
                true
            }
            Some(Envelope::Wrapped(wrapped)) if wrapped.event.len() <= self.event_bytes => {
                let at = self.at(self.pos);
                self.pos = wrapped.end;
                self.wrapped(wrapped, at);
                true
            }
            _ => false,
        }
    }

    /// Does the object here begin with the key of one that was no envelope?
    fn begins_plain(&self) -> bool {
        let key = self.rest().strip_prefix("{\"").and_then(|rest| rest.strip_prefix(self.plain_key));
        !self.plain_key.is_empty() && key.is_some_and(|rest| rest.starts_with('"'))
    }

    /// The end of an array; of a carrier, with what else stands in it.
    pub(super) fn close_array(&mut self) {
        self.pos += 1;
        if self.open.pop() == Some(true)
            && let Some(end) = envelope::carrier_end(self.text, self.pos)
        {
            self.pos = end;
            // Where one object carries events the next may too, whatever stands first in it.
            self.is_first = true;
        }
    }

    fn wrapped(&mut self, wrapped: Wrapped<'_>, at: At) {
        let known = self.builder.described().cloned().unwrap_or_default();
        let said = wrapped.metadata;
        let metadata = Metadata {
            sourcetype: said.sourcetype.or(known.sourcetype),
            source: said.source.or(known.source),
            host: said.host.or(known.host),
            time: said.time.or(known.time),
        };
        let before = self.builder.describe(Some(metadata));
        self.embedded(&wrapped.event, at);
        if let Some(index) = &wrapped.index {
            self.builder.field("index", index);
        }
        if let Some(fields) = wrapped.fields {
            json::json_fields(fields, &mut |name, value| self.builder.field(name, value));
        }
        self.builder.end();
        self.builder.describe(before);
    }

    /// One event of any form, whose text stands alone; it is left open.
    fn embedded(&mut self, text: &str, at: At) {
        let start = text.trim_ascii_start();
        let whole = |end: usize| start.get(end..).is_some_and(|rest| rest.trim_ascii().is_empty());
        if start.starts_with('{') {
            self.builder.begin(Format::Json, at);
            if json::read_object(start, 0, self.builder).is_ok_and(whole) {
                return self.builder.quoted(text, text.len() - start.len());
            }
            self.builder.abandon();
        }
        if let Some(event) = (0..start.len().min(1024)).find(|at| start.get(*at..).is_some_and(is_event_start)) {
            self.builder.begin(Format::WindowsEventXml, at);
            if xml::read_event(start, event, self.builder).is_ok_and(whole) {
                return self.builder.quoted(text, text.len() - start.len() + event);
            }
            self.builder.abandon();
        }
        if classic::starts(start) {
            self.builder.begin(Format::ClassicWindowsEvent, at);
            classic::read_event(start, self.builder);
            return self.builder.raw(text);
        }
        self.builder.begin(Format::Lines, at);
        self.builder.raw_line(text.trim_end());
    }
}
