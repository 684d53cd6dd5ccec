//! Normalising a batch: event by event, columns filled as it goes.

mod calculate;
mod columns;
mod dataset;
mod events;
mod kinds;
mod metrics;
mod open;
mod plan;
mod time;
mod url;

use std::collections::BTreeMap;

use cim::Dataset;
use event::{EventBatch, EventHead, FieldId, FieldNames};

use crate::expr::Event;
use crate::output::{Needs, Normalized, TableId, format_name};
use crate::pack::{Pack, Piece, Template, TimeFormat};
use dataset::DatasetTable;
use events::EventsTable;
use kinds::{Kinds, in_scope};
use metrics::MetricsTable;
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
        let fields = batch.fields.get(start..start + head.field_count as usize).unwrap_or(&[]);
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
                *slot = Slot { stamp: self.stamp, first: at, count: 1 };
            }
        }
    }

    fn slot(&self, field: FieldId) -> Option<&Slot> {
        self.slots.get(usize::from(field.0)).filter(|slot| slot.stamp == self.stamp)
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

    fn find(spellings: &[String], fields: &FieldNames) -> Self {
        Self(spellings.iter().filter_map(|spelling| fields.get(spelling)).collect())
    }
}

/// A pack that may recognise events of the batch, with its names looked up.
struct Reader<'p> {
    pack: &'p Pack,
    names: Vec<Candidates>,
}

/// Normalise a batch.
pub(crate) fn normalize(packs: &[Pack], batch: &EventBatch, needs: &Needs) -> Normalized {
    if batch.events.is_empty() {
        return Normalized::default();
    }
    let fitting = packs.iter().filter(|pack| pack.formats.contains(&batch.format));
    let readers: Vec<Reader<'_>> = fitting
        .map(|pack| Reader {
            pack,
            names: pack.spellings.iter().map(|spellings| Candidates::find(spellings, &batch.names)).collect(),
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
    /// By reader: the kinds of events it met, and how many events.
    kinds: Vec<(Kinds<'p>, u64)>,
    /// The datasets that are asked for, and by their place in that list the tables that have rows.
    wanted: Vec<&'static Dataset>,
    needs: &'p Needs,
    datasets: BTreeMap<usize, DatasetTable>,
    /// The fields that events tables are to have, when they are asked for.
    events: Option<events::Wanted>,
    tables: BTreeMap<String, EventsTable>,
    /// Data points, when they are asked for.
    metrics: Option<MetricsTable>,
    /// `host` and `source` of the current event, kept for their memory.
    host: String,
    source: String,
    output: Normalized,
}

impl<'p> State<'p> {
    fn new(batch: &'p EventBatch, needs: &'p Needs, readers: &'p [Reader<'p>]) -> Self {
        Self {
            batch,
            readers,
            kinds: readers.iter().map(|reader| (Kinds::new(reader.pack), 0)).collect(),
            wanted: wanted(needs).collect(),
            needs,
            datasets: BTreeMap::new(),
            events: needs.events.as_ref().map(|fields| events::Wanted::new(fields.as_ref())),
            tables: BTreeMap::new(),
            metrics: needs.metrics.then(MetricsTable::default),
            host: String::new(),
            source: String::new(),
            output: Normalized::default(),
        }
    }

    fn event(&mut self, slots: &Slots, head: &EventHead) {
        let batch = self.batch;
        for (at, reader) in self.readers.iter().enumerate() {
            let event = Event { batch, slots, names: &reader.names };
            if !recognises(reader.pack, &event) {
                continue;
            }
            match &reader.pack.metrics {
                None => return self.recognized(at, &event, head),
                Some(rule) if metrics::is_data_point(rule, &event, head) => return self.data_point(at, &event, head),
                Some(_) => {}
            }
        }
        self.unrecognized(&Event { batch, slots, names: &[] }, head);
    }

    fn recognized(&mut self, at: usize, event: &Event<'_>, head: &EventHead) {
        let Some((kinds, count)) = self.kinds.get_mut(at) else { return };
        let Some(pack) = self.readers.get(at).map(|reader| reader.pack) else { return };
        *count += 1;
        let kind = kinds.kind(event, &self.wanted, &self.batch.names);
        let time = time_of(pack, kind.scopes, event).or(head.time);
        let time = count_time(time, &mut self.output);
        let host = fill(&pack.host, event, &mut self.host);
        if !fill(&pack.source, event, &mut self.source) {
            self.source.push_str(&self.batch.file);
        }
        let host = host.then_some(&*self.host);
        let raw = self.batch.text_of(head.raw);
        let defaults = Defaults { time, host, source: &self.source, sourcetype: &pack.sourcetype, raw };
        let Some(plan) = kinds.plan(kind) else { return };
        for dataset in &plan.datasets {
            if let Some(known) = self.wanted.get(dataset.table) {
                let table = self
                    .datasets
                    .entry(dataset.table)
                    .or_insert_with(|| DatasetTable::new(known, self.needs.with_raw.contains(&known.id)));
                table.add(dataset, event, &defaults);
            }
        }
        if let Some(wanted) = &self.events {
            let input = events::Input { plan, event, head, defaults: &defaults, wanted };
            table_of(&mut self.tables, &pack.sourcetype).add(&input);
        }
    }

    /// An event of measurements: it is in no other table.
    fn data_point(&mut self, at: usize, event: &Event<'_>, head: &EventHead) {
        let Some((_, count)) = self.kinds.get_mut(at) else { return };
        *count += 1;
        let Some(pack) = self.readers.get(at).map(|reader| reader.pack) else { return };
        let time = count_time(time_of(pack, 0, event).or(head.time), &mut self.output);
        let Some(rule) = &pack.metrics else { return };
        let Some(table) = &mut self.metrics else { return };
        let text = |templates: &[Template], otherwise: &str| {
            let mut text = String::new();
            if fill(templates, event, &mut text) { text } else { otherwise.to_owned() }
        };
        let host = text(&pack.host, "");
        table.add(
            rule,
            event,
            head,
            &metrics::Defaults {
                time,
                host: (!host.is_empty()).then_some(&host),
                source: &text(&pack.source, &self.batch.file),
                sourcetype: &text(&rule.sourcetype, &pack.sourcetype),
                index: &text(&rule.index, "main"),
            },
        );
    }

    fn unrecognized(&mut self, event: &Event<'_>, head: &EventHead) {
        self.output.unrecognized += 1;
        let time = count_time(head.time, &mut self.output);
        let sourcetype = format_name(self.batch.format);
        let raw = self.batch.text_of(head.raw);
        let defaults = Defaults { time, host: None, source: &self.batch.file, sourcetype, raw };
        if let Some(wanted) = &self.events {
            let input = events::Input { plan: &Plan::default(), event, head, defaults: &defaults, wanted };
            table_of(&mut self.tables, sourcetype).add(&input);
        }
    }

    fn finish(self) -> Normalized {
        let mut output = self.output;
        for (reader, (_, count)) in self.readers.iter().zip(&self.kinds).filter(|(_, (_, count))| *count > 0) {
            *output.by_sourcetype.entry(reader.pack.sourcetype.clone()).or_default() += count;
        }
        if output.unrecognized > 0 {
            let name = format_name(self.batch.format).to_owned();
            *output.by_sourcetype.entry(name).or_default() += output.unrecognized;
        }
        for table in self.datasets.into_values().filter(|table| table.rows() > 0) {
            output.tables.insert(TableId::Dataset(table.id()), table.finish());
        }
        if let Some(table) = self.metrics.filter(|table| table.rows() > 0) {
            output.tables.insert(TableId::Metrics, table.finish());
        }
        for (sourcetype, table) in self.tables {
            output.tables.insert(TableId::Events(sourcetype), table.finish());
        }
        output
    }
}

/// An event's time, counted; events without one stand at 0.
fn count_time(time: Option<i64>, output: &mut Normalized) -> i64 {
    let Some(time) = time else {
        output.without_time += 1;
        return 0;
    };
    let (first, last) = output.time_range.unwrap_or((time, time));
    output.time_range = Some((first.min(time), last.max(time)));
    time
}

fn table_of<'t>(tables: &'t mut BTreeMap<String, EventsTable>, sourcetype: &str) -> &'t mut EventsTable {
    if !tables.contains_key(sourcetype) {
        tables.insert(sourcetype.to_owned(), EventsTable::default());
    }
    tables.entry(sourcetype.to_owned()).or_default()
}

/// The fields that every event of Splunk has.
pub(crate) struct Defaults<'a> {
    /// `_time` in microseconds.
    pub(crate) time: i64,
    pub(crate) host: Option<&'a str>,
    pub(crate) source: &'a str,
    pub(crate) sourcetype: &'a str,
    /// `_raw`; empty where the event has none.
    pub(crate) raw: &'a str,
}

fn recognises(pack: &Pack, event: &Event<'_>) -> bool {
    pack.matches.iter().all(|(name, patterns)| {
        let value = event.names.get(name.0).and_then(|candidates| event.named_first(candidates));
        value.is_some_and(|value| patterns.iter().any(|pattern| pattern.matches(value)))
    })
}

fn time_of(pack: &Pack, scopes: u128, event: &Event<'_>) -> Option<i64> {
    let rules = pack.times.iter().filter(|rule| in_scope(rule.scope, scopes));
    let texts = rules.filter_map(|rule| Some((rule.format, event.named_first(event.names.get(rule.field.0)?)?)));
    texts.into_iter().find_map(|(format, text)| match format {
        TimeFormat::Iso => time::iso(text),
        TimeFormat::Epoch => time::epoch(text),
        TimeFormat::EpochMillis => time::epoch_millis(text),
        TimeFormat::UsClock => time::us_clock(text),
    })
}

/// Write the first template whose fields the event has; false, and nothing written, when there is none.
fn fill(templates: &[Template], event: &Event<'_>, into: &mut String) -> bool {
    into.clear();
    templates.iter().any(|template| {
        let filled = template.0.iter().all(|piece| {
            let text = match piece {
                Piece::Text(text) => Some(&**text),
                Piece::Field(name) => event.names.get(name.0).and_then(|candidates| event.named_first(candidates)),
            };
            into.push_str(text.unwrap_or(""));
            text.is_some()
        });
        if !filled {
            into.clear();
        }
        filled
    })
}
