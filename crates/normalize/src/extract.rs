//! Fields that a pack takes out of an event's text, before anything is computed from them: what `EXTRACT`, `REPORT` and
//! `KV_MODE` do in an add-on's `props.conf`.
//!
//! Extraction also marks which pack is for which event, so that the text is matched once.

mod join;
mod key_value;
mod steps;

use event::{EventBatch, EventHead, FieldId, Format, TextRef};

use crate::expr::Event;
use crate::pack::{Library, Pack};
use crate::run::{Candidates, Slots, formats, holds_what_is_measured, recognises};

pub(crate) use key_value::Delimiters;
pub(crate) use steps::{From, Step};

/// Add the fields that packs extract, and mark each event with its pack. A batch that no pack extracts from is left alone.
pub(crate) fn extract(library: &Library, batch: &mut EventBatch) {
    let readers = readers(library, batch);
    let has_text = batch.events.iter().any(|event| event.format == Format::Lines);
    if batch.marked
        || !(has_text || !batch.metadata.is_empty() || readers.iter().any(|one| !one.pack.extract.is_empty()))
    {
        return;
    }
    let events = batch.events.clone();
    let mut fields = Vec::with_capacity(batch.fields.len() + events.len() * 8);
    let mut work = steps::Work::default();
    let mut slots = Slots::default();
    let mut marked = Vec::with_capacity(events.len());
    for head in events {
        slots.load(batch, &head);
        let found = find(library, &readers, batch, &head, &slots);
        let first = fields.len();
        let own = head.first_field as usize..(head.first_field + head.field_count) as usize;
        fields.extend_from_slice(batch.fields.get(own).unwrap_or(&[]));
        add_metadata(batch, &head, &mut fields, first);
        let steps = match found {
            Some(reader) => &*reader.pack.extract,
            None if head.format == Format::Lines => std::slice::from_ref(&library.automatic),
            None => &[],
        };
        for step in steps {
            work.run(step, batch, &head, (&mut fields, first));
        }
        marked.push(EventHead {
            first_field: u32::try_from(first).unwrap_or(u32::MAX),
            field_count: u32::try_from(fields.len() - first).unwrap_or(0),
            mark: found.map_or(0, |reader| reader.index + 1),
            ..head
        });
    }
    batch.events = marked;
    batch.fields = fields;
    batch.marked = true;
    join::join(library, batch);
}

/// What is said of an event from outside, for expressions to read.
fn add_metadata(batch: &mut EventBatch, head: &EventHead, fields: &mut Vec<Field>, first: usize) {
    let Some(metadata) = batch.metadata_of(head).cloned() else { return };
    let said = [("host", metadata.host), ("source", metadata.source), ("sourcetype", metadata.sourcetype)];
    for (name, value) in said {
        let (Some(value), Some(id)) = (value, batch.names.intern(name)) else { continue };
        if fields.get(first..).is_some_and(|own| own.iter().any(|(known, _)| *known == id)) {
            continue;
        }
        let place = (u32::try_from(batch.text.len()), u32::try_from(value.len()));
        if let (Ok(start), Ok(len)) = place {
            batch.text.push_str(&value);
            fields.push((id, TextRef { start, len }));
        }
    }
}

/// A pack that may be for events of the batch.
struct Reader<'p> {
    pack: &'p Pack,
    index: u32,
    names: Vec<Candidates>,
}

fn readers<'p>(library: &'p Library, batch: &EventBatch) -> Vec<Reader<'p>> {
    let formats = formats(batch);
    let packs = (0..).zip(&library.packs);
    let fitting = packs.filter(|(_, pack)| pack.formats.iter().any(|format| formats.contains(format)));
    // What is matched must be there in some event, unless the sourcetype is given.
    let possible = fitting.filter(|(_, pack)| !batch.metadata.is_empty() || pack.is_possible(&batch.names));
    possible.map(|(index, pack)| Reader { pack, index, names: pack.candidates(&batch.names) }).collect()
}

/// The pack for an event: that of its sourcetype where one is given, else the first that recognises it.
fn find<'r, 'p>(
    library: &Library,
    readers: &'r [Reader<'p>],
    batch: &EventBatch,
    head: &EventHead,
    slots: &Slots,
) -> Option<&'r Reader<'p>> {
    // Other forms are told by their fields.
    let is_text = head.format == Format::Lines;
    let patterns = if is_text { matching(library, batch.text_of(head.raw), readers) } else { Vec::new() };
    let recognised = |reader: &&Reader<'_>| {
        let fits = reader.pack.formats.contains(&head.format) && reader.pack.is_for_file(batch.file_of(head));
        let by_text = reader.pack.raw.is_empty() || reader.pack.raw.iter().any(|at| patterns.contains(at));
        let event = Event { batch, slots, names: &reader.names };
        fits && by_text && recognises(reader.pack, &event) && holds_what_is_measured(reader.pack, &event, head)
    };
    if let Some(given) = batch.metadata_of(head).and_then(|metadata| metadata.sourcetype.as_deref()) {
        let is_given =
            |reader: &&Reader<'_>| reader.pack.formats.contains(&head.format) && reader.pack.is_for_sourcetype(given);
        let mut of_sourcetype = readers.iter().filter(is_given).peekable();
        if let Some(first) = of_sourcetype.peek().copied() {
            return of_sourcetype.find(recognised).or(Some(first));
        }
    }
    readers.iter().find(recognised)
}

/// The patterns that a text matches, by place in the set.
fn matching(library: &Library, text: &str, readers: &[Reader<'_>]) -> Vec<usize> {
    if readers.iter().all(|reader| reader.pack.raw.is_empty()) {
        return Vec::new();
    }
    library.raw().matches(text).into_iter().collect()
}

/// A field of an event whose value is a piece of the batch's text.
type Field = (FieldId, TextRef);

#[cfg(test)]
mod tests;
