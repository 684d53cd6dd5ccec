//! Normalising a batch: event by event, columns filled as it goes.

mod calculate;
mod columns;
mod dataset;
mod events;
mod plan;
mod time;
mod url;

use std::collections::{BTreeMap, HashMap};

use event::{EventBatch, EventHead, FieldId, FieldNames};

use crate::expr::{self, Event};
use crate::output::{Needs, Normalized, TableId, format_name};
use crate::pack::{Pack, Piece, Symbols, Template, TimeFormat};
use dataset::DatasetTable;
use events::EventsTable;
use plan::{Plan, wanted};

/// The fields of one event, found by id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Slots {
    /// Changes with every event, so that nothing need be cleared.
    stamp: u32,
    slots: Vec<Slot>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    stamp: u32,
    first: u32,
    count: u32,
}

impl Slots {
    pub(crate) fn load(&mut self, batch: &EventBatch, head: &EventHead) {
        self.stamp = self.stamp.wrapping_add(1);
        let start = head.first_field as usize;
        let fields = batch
            .fields
            .get(start..start + head.field_count as usize)
            .unwrap_or(&[]);
        for (at, (field, _)) in (head.first_field..).zip(fields) {
            let index = usize::from(field.0);
            if index >= self.slots.len() {
                self.slots.resize(index + 1, Slot::default());
            }
            let Some(slot) = self.slots.get_mut(index) else {
                continue;
            };
            if slot.stamp == self.stamp {
                slot.count += 1;
            } else {
                *slot = Slot {
                    stamp: self.stamp,
                    first: at,
                    count: 1,
                };
            }
        }
    }

    fn slot(&self, field: FieldId) -> Option<&Slot> {
        self.slots
            .get(usize::from(field.0))
            .filter(|slot| slot.stamp == self.stamp)
    }

    /// How many values the event has of a field.
    pub(crate) fn count(&self, field: FieldId) -> usize {
        self.slot(field).map_or(0, |slot| slot.count as usize)
    }

    /// Where in the batch's fields the first one stands.
    pub(crate) fn first(&self, field: FieldId) -> Option<usize> {
        self.slot(field).map(|slot| slot.first as usize)
    }
}

/// How a name of the packs is spelled in a batch: the fields that may hold it, best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidates(Vec<FieldId>);

impl Candidates {
    #[cfg(test)]
    pub(crate) fn new(ids: Vec<FieldId>) -> Self {
        Self(ids)
    }

    pub(crate) fn ids(&self) -> &[FieldId] {
        &self.0
    }

    fn find(name: &str, pack: &Pack, fields: &FieldNames) -> Self {
        let own = [name.to_owned()];
        let spellings = match (pack.names.get(name), pack.names.get("*")) {
            (Some(spellings), _) => spellings.as_slice(),
            (None, Some(patterns)) => {
                return Self(
                    patterns
                        .iter()
                        .filter_map(|one| fields.get(&one.replace('*', name)))
                        .collect(),
                );
            }
            (None, None) => &own,
        };
        Self(
            spellings
                .iter()
                .filter_map(|spelling| fields.get(spelling))
                .collect(),
        )
    }
}

/// A pack that may recognise events of the batch, with its names looked up.
struct Reader<'p> {
    pack: &'p Pack,
    names: Vec<Candidates>,
}

/// Normalise a batch.
pub(crate) fn normalize(
    packs: &[Pack],
    symbols: &Symbols,
    batch: &EventBatch,
    needs: &Needs,
) -> Normalized {
    let fitting = packs
        .iter()
        .filter(|pack| pack.formats.contains(&batch.format));
    let readers: Vec<Reader<'_>> = fitting
        .map(|pack| Reader {
            pack,
            names: symbols
                .iter()
                .map(|name| Candidates::find(name, pack, &batch.names))
                .collect(),
        })
        .collect();
    let mut slots = Slots::default();
    let mut state = State::new(batch, needs, &readers);
    for head in &batch.events {
        slots.load(batch, head);
        state.event(&slots, head);
    }
    state.finish()
}

/// What is built up over a batch.
struct State<'p> {
    batch: &'p EventBatch,
    readers: &'p [Reader<'p>],
    datasets: Vec<DatasetTable>,
    events: Option<EventsNeeds>,
    tables: BTreeMap<String, EventsTable>,
    plans: HashMap<(usize, u128), Plan<'p>>,
    counts: Vec<u64>,
    output: Normalized,
}

/// Which fields the events tables are to have.
struct EventsNeeds(events::Wanted);

impl<'p> State<'p> {
    fn new(batch: &'p EventBatch, needs: &Needs, readers: &'p [Reader<'p>]) -> Self {
        Self {
            batch,
            readers,
            datasets: wanted(needs).map(DatasetTable::new).collect(),
            events: needs
                .events
                .as_ref()
                .map(|fields| EventsNeeds(events::Wanted::new(fields.as_ref()))),
            tables: BTreeMap::new(),
            plans: HashMap::new(),
            counts: vec![0; readers.len()],
            output: Normalized::default(),
        }
    }

    fn event(&mut self, slots: &Slots, head: &EventHead) {
        let found = self.readers.iter().enumerate().find(|(_, reader)| {
            let event = Event {
                batch: self.batch,
                slots,
                names: &reader.names,
            };
            recognises(reader.pack, &event)
        });
        match found {
            Some((at, reader)) => {
                let event = Event {
                    batch: self.batch,
                    slots,
                    names: &reader.names,
                };
                self.recognized(at, &event, head);
            }
            None => self.unrecognized(
                &Event {
                    batch: self.batch,
                    slots,
                    names: &[],
                },
                head,
            ),
        }
    }

    fn recognized(&mut self, at: usize, event: &Event<'_>, head: &EventHead) {
        let Some(reader) = self.readers.get(at) else {
            return;
        };
        let pack = reader.pack;
        if let Some(count) = self.counts.get_mut(at) {
            *count += 1;
        }
        let scopes = scopes(pack, event);
        let time = time_of(pack, scopes, event).or(head.time);
        let defaults = Defaults {
            time: self.time(time),
            host: fill(&pack.host, event),
            source: fill(&pack.source, event).unwrap_or_else(|| self.batch.file.to_string()),
            sourcetype: &pack.sourcetype,
        };
        let mask = active(pack, scopes, event);
        let tables = &self.datasets;
        let plan = self
            .plans
            .entry((at, mask))
            .or_insert_with(|| Plan::new(pack, mask, tables, &self.batch.names));
        for dataset in &plan.datasets {
            if let Some(table) = self.datasets.get_mut(dataset.table) {
                table.add(dataset, event, &defaults);
            }
        }
        if let Some(needs) = &self.events {
            let table = table_of(&mut self.tables, &pack.sourcetype);
            table.add(plan, event, head, &defaults, &needs.0);
        }
    }

    fn unrecognized(&mut self, event: &Event<'_>, head: &EventHead) {
        self.output.unrecognized += 1;
        let sourcetype = format_name(self.batch.format);
        let defaults = Defaults {
            time: self.time(head.time),
            host: None,
            source: self.batch.file.to_string(),
            sourcetype,
        };
        if let Some(needs) = &self.events {
            table_of(&mut self.tables, sourcetype).add(
                &Plan::default(),
                event,
                head,
                &defaults,
                &needs.0,
            );
        }
    }

    /// An event's time, counted; events without one stand at 0.
    fn time(&mut self, time: Option<i64>) -> i64 {
        let Some(time) = time else {
            self.output.without_time += 1;
            return 0;
        };
        let (first, last) = self.output.time_range.unwrap_or((time, time));
        self.output.time_range = Some((first.min(time), last.max(time)));
        time
    }

    fn finish(mut self) -> Normalized {
        for (reader, count) in self
            .readers
            .iter()
            .zip(&self.counts)
            .filter(|(_, count)| **count > 0)
        {
            *self
                .output
                .by_sourcetype
                .entry(reader.pack.sourcetype.clone())
                .or_default() += count;
        }
        if self.output.unrecognized > 0 {
            let name = format_name(self.batch.format).to_owned();
            *self.output.by_sourcetype.entry(name).or_default() += self.output.unrecognized;
        }
        for table in self.datasets.into_iter().filter(|table| table.rows() > 0) {
            self.output
                .tables
                .insert(TableId::Dataset(table.id()), table.finish());
        }
        for (sourcetype, table) in self.tables {
            self.output
                .tables
                .insert(TableId::Events(sourcetype), table.finish());
        }
        self.output
    }
}

fn table_of<'t>(
    tables: &'t mut BTreeMap<String, EventsTable>,
    sourcetype: &str,
) -> &'t mut EventsTable {
    if !tables.contains_key(sourcetype) {
        tables.insert(sourcetype.to_owned(), EventsTable::default());
    }
    tables.entry(sourcetype.to_owned()).or_default()
}

/// The fields that every event of Splunk has.
pub(crate) struct Defaults<'a> {
    /// `_time` in microseconds.
    pub(crate) time: i64,
    pub(crate) host: Option<String>,
    pub(crate) source: String,
    pub(crate) sourcetype: &'a str,
}

fn recognises(pack: &Pack, event: &Event<'_>) -> bool {
    pack.matches.iter().all(|(name, patterns)| {
        let value = event
            .names
            .get(name.0)
            .and_then(|candidates| event.named_first(candidates));
        value.is_some_and(|value| patterns.iter().any(|pattern| pattern.matches(value)))
    })
}

/// Bit `i` is set when scope `i` holds.
fn scopes(pack: &Pack, event: &Event<'_>) -> u128 {
    bits(pack.scopes.iter().map(|scope| expr::is_true(scope, event)))
}

/// Bit `i` is set when layer `i` is for this event.
fn active(pack: &Pack, scopes: u128, event: &Event<'_>) -> u128 {
    bits(pack.layers.iter().map(|layer| {
        in_scope(layer.scope, scopes)
            && layer
                .when
                .as_ref()
                .is_none_or(|when| expr::is_true(when, event))
    }))
}

fn bits(values: impl Iterator<Item = bool>) -> u128 {
    values
        .take(128)
        .enumerate()
        .fold(0, |bits, (at, value)| bits | (u128::from(value) << at))
}

fn in_scope(scope: Option<usize>, scopes: u128) -> bool {
    scope.is_none_or(|scope| scope < 128 && (scopes >> scope) & 1 == 1)
}

fn time_of(pack: &Pack, scopes: u128, event: &Event<'_>) -> Option<i64> {
    let rules = pack
        .times
        .iter()
        .filter(|rule| in_scope(rule.scope, scopes));
    rules
        .filter_map(|rule| Some((rule, event.named_first(event.names.get(rule.field.0)?)?)))
        .find_map(|(rule, text)| match rule.format {
            TimeFormat::Iso => time::iso(text),
            TimeFormat::Epoch => time::epoch(text),
            TimeFormat::EpochMillis => time::epoch_millis(text),
            TimeFormat::UsClock => time::us_clock(text),
        })
}

/// The first template whose fields the event has.
fn fill(templates: &[Template], event: &Event<'_>) -> Option<String> {
    templates.iter().find_map(|template| {
        let mut text = String::new();
        for piece in &template.0 {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Field(name) => text.push_str(event.named_first(event.names.get(name.0)?)?),
            }
        }
        Some(text)
    })
}
