//! Records of one event, as Linux' audit system writes them: each stays an event of its own, as in Splunk, and what the
//! others say is there for its pack's expressions, as `record(KIND, FIELD)`.

use std::collections::HashMap;

use event::{EventBatch, EventHead, FieldId};

use super::Field;
use crate::pack::{Join, Library, Pack};

/// Records of an event beyond this number are not looked at by the others: hostile logs alone have more.
const MOST_RECORDS: u32 = 64;

/// Give each event of a batch the fields that its pack reads from the other records of the same event.
pub(super) fn join(library: &Library, batch: &mut EventBatch) {
    let packs = (1..).zip(&library.packs).filter_map(|(mark, pack)| Some((mark, pack, pack.join.as_ref()?)));
    let joins: Vec<Joined> =
        packs.filter_map(|(mark, pack, join)| joined(mark, (pack, join), library, batch)).collect();
    if joins.is_empty() {
        return;
    }
    let records: Vec<Records<'_>> = joins.iter().map(|joined| joined.records(batch)).collect();
    let mut fields = Vec::with_capacity(batch.fields.len() * 2);
    let mut events = Vec::with_capacity(batch.events.len());
    for head in &batch.events {
        let first = fields.len();
        fields.extend_from_slice(own(batch, head));
        let found = joins.iter().zip(&records).find(|(joined, _)| joined.mark == head.mark);
        let others = found.and_then(|(joined, records)| records.get(&(head.file, value(batch, head, joined.by)?)));
        fields.extend(others.into_iter().flat_map(|(_, others)| others));
        events.push(EventHead {
            first_field: u32::try_from(first).unwrap_or(u32::MAX),
            field_count: u32::try_from(fields.len() - first).unwrap_or(0),
            ..head.clone()
        });
    }
    batch.events = events;
    batch.fields = fields;
}

/// By file and what the records of an event share: how many there are, and what `record(…)` reads from them.
type Records<'b> = HashMap<(u32, &'b str), (u32, Vec<Field>), foldhash::fast::RandomState>;

/// A pack's rule with its names looked up in a batch.
struct Joined {
    mark: u32,
    by: FieldId,
    kind: FieldId,
    /// What is taken: the kind of record, its field, and the name under which the others see it.
    wanted: Vec<(Box<str>, FieldId, FieldId)>,
}

/// `None` where nothing can be joined.
fn joined(mark: u32, (pack, join): (&Pack, &Join), library: &Library, batch: &mut EventBatch) -> Option<Joined> {
    if !batch.events.iter().any(|event| event.mark == mark) {
        return None;
    }
    let (by, kind) = (batch.names.get(&join.by)?, batch.names.get(&join.kind)?);
    let mut wanted = Vec::new();
    for name in &pack.used {
        let name = library.symbols.name(*name);
        let Some((of_kind, field)) = crate::pack::of_record(name) else { continue };
        let Some(field) = batch.names.get(field) else { continue };
        wanted.extend(batch.names.intern(name).map(|seen| (of_kind.into(), field, seen)));
    }
    (!wanted.is_empty()).then_some(Joined { mark, by, kind, wanted })
}

impl Joined {
    fn records<'b>(&self, batch: &'b EventBatch) -> Records<'b> {
        let mut records = Records::default();
        for head in batch.events.iter().filter(|head| head.mark == self.mark) {
            let Some(by) = value(batch, head, self.by) else { continue };
            let (count, fields) = records.entry((head.file, by)).or_default();
            *count += 1;
            let Some(kind) = value(batch, head, self.kind).filter(|_| *count <= MOST_RECORDS) else { continue };
            for (_, field, seen) in self.wanted.iter().filter(|(of_kind, ..)| **of_kind == *kind) {
                let values = own(batch, head).iter().filter(|(known, _)| known == field);
                fields.extend(values.map(|(_, value)| (*seen, *value)));
            }
        }
        records
    }
}

fn own<'b>(batch: &'b EventBatch, head: &EventHead) -> &'b [Field] {
    let first = head.first_field as usize;
    batch.fields.get(first..first + head.field_count as usize).unwrap_or(&[])
}

fn value<'b>(batch: &'b EventBatch, head: &EventHead, field: FieldId) -> Option<&'b str> {
    own(batch, head).iter().find(|(known, _)| *known == field).map(|(_, value)| batch.text_of(*value))
}
