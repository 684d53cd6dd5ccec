//! Normalising a batch: event by event, columns filled as it goes.

mod calculate;
mod chosen;
mod columns;
mod dataset;
mod events;
mod kinds;
mod metrics;
mod open;
mod plan;
mod slots;
mod time;
mod url;

use std::collections::{BTreeMap, BTreeSet};

use event::{EventBatch, EventHead, FieldId, FieldNames, Format};

use crate::expr::{Event, Op, eval};
use crate::output::{Needs, Normalized, TableId, format_name};
use crate::pack::{Library, Pack, Piece, Template, TimeFormat, TimeRule};
pub(crate) use chosen::normalize_chosen;
use chosen::{Chosen, Make};
use dataset::DatasetTable;
use events::EventsTable;
use kinds::{Kinds, in_scope};
use metrics::MetricsTable;
use plan::{Plan, WantedDataset, wanted};
pub(crate) use slots::Slots;

/// How a name of the packs is spelled in a batch: the fields that may hold it, best first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Candidates(Vec<FieldId>);

impl Candidates {
    #[cfg(test)]
    pub(crate) fn new(ids: Vec<FieldId>) -> Self {
        Self(ids)
    }

    pub(crate) fn ids(&self) -> &[FieldId] {
        &self.0
    }

    pub(crate) fn find(spellings: &[String], fields: &FieldNames) -> Self {
        Self(spellings.iter().filter_map(|spelling| fields.get(spelling)).collect())
    }
}

/// A pack that may recognise events of the batch, with its names looked up.
struct Reader<'p> {
    pack: &'p Pack,
    /// What marks its events.
    mark: u32,
    names: Vec<Candidates>,
}

/// Normalise a batch.
pub(crate) fn normalize(library: &Library, batch: &EventBatch, needs: &Needs) -> Normalized {
    if batch.events.is_empty() {
        return Normalized::default();
    }
    let readers = readers(library, batch);
    let mut state = State::new(batch, needs, (&readers, library.now), Make::All);
    state.run(Make::All);
    state.finish().0
}

fn readers<'p>(library: &'p Library, batch: &EventBatch) -> Vec<Reader<'p>> {
    let formats = formats(batch);
    let packs = (1..).zip(&library.packs);
    let fitting = packs.filter(|(_, pack)| pack.formats.iter().any(|format| formats.contains(format)));
    let marked: BTreeSet<u32> = batch.events.iter().filter(|_| batch.marked).map(|event| event.mark).collect();
    let possible = fitting.filter(|(mark, pack)| {
        if batch.marked {
            marked.contains(mark)
        } else {
            pack.is_possible(&batch.names) && batch.files.iter().any(|file| pack.is_for_file(file))
        }
    });
    possible.map(|(mark, pack)| Reader { pack, mark, names: pack.candidates(&batch.names) }).collect()
}

/// The forms that events of a batch have.
pub(crate) fn formats(batch: &EventBatch) -> Vec<Format> {
    let mut formats = Vec::new();
    for event in &batch.events {
        if !formats.contains(&event.format) {
            formats.push(event.format);
        }
    }
    formats
}

/// By reader: the kinds of events it met.
type Met<'p> = Vec<Kinds<'p>>;

/// How many events there are of each sourcetype: those of a batch are mostly of one.
#[derive(Default)]
struct Sourcetypes {
    counts: Vec<(String, u64)>,
}

impl Sourcetypes {
    fn count(&mut self, sourcetype: &str) {
        match self.counts.iter_mut().find(|(known, _)| known == sourcetype) {
            Some((_, count)) => *count += 1,
            None => self.counts.push((sourcetype.to_owned(), 1)),
        }
    }
}

/// What is built up over a batch.
struct State<'p> {
    batch: &'p EventBatch,
    readers: &'p [Reader<'p>],
    kinds: Met<'p>,
    /// The datasets that are asked for, and by their place in that list the tables that have rows.
    wanted: Vec<WantedDataset>,
    needs: &'p Needs,
    /// What times without a year are held against.
    now: Option<i64>,
    datasets: BTreeMap<usize, DatasetTable>,
    tables: BTreeMap<String, EventsTable>,
    /// Data points, when they are asked for.
    metrics: Option<MetricsTable>,
    sourcetypes: Sourcetypes,
    /// `host` and `source` of the current event, kept for their memory.
    host: String,
    source: String,
    output: Normalized,
}

/// An event on its way, with its number in the batch.
#[derive(Clone, Copy)]
struct Current<'a> {
    head: &'a EventHead,
    number: u32,
    make: Make<'a>,
}

impl<'p> State<'p> {
    fn new(
        batch: &'p EventBatch,
        needs: &'p Needs,
        (readers, now): (&'p [Reader<'p>], Option<i64>),
        make: Make<'_>,
    ) -> Self {
        Self {
            batch,
            readers,
            kinds: readers.iter().enumerate().map(|(number, reader)| Kinds::new(reader.pack, number)).collect(),
            wanted: wanted(needs, make),
            needs,
            now,
            datasets: BTreeMap::new(),
            tables: BTreeMap::new(),
            metrics: needs.metrics.then(MetricsTable::default),
            sourcetypes: Sourcetypes::default(),
            host: String::new(),
            source: String::new(),
            output: Normalized::default(),
        }
    }

    /// All events of the batch.
    fn run(&mut self, make: Make<'_>) {
        let mut slots = Slots::default();
        let batch = self.batch;
        for (number, head) in (0..).zip(&batch.events) {
            slots.load(batch, head);
            self.event(&slots, Current { head, number, make });
        }
    }

    /// The events that have a chosen row.
    fn run_chosen(&mut self, chosen: &Chosen) {
        let mut slots = Slots::default();
        let batch = self.batch;
        for number in chosen.events.iter() {
            let Some(head) = batch.events.get(number as usize) else { continue };
            slots.load(batch, head);
            self.event(&slots, Current { head, number, make: Make::Chosen(chosen) });
        }
    }

    fn event(&mut self, slots: &Slots, current: Current<'_>) {
        let batch = self.batch;
        for (at, reader) in self.readers.iter().enumerate() {
            let event = Event { batch, slots, names: &reader.names };
            // Patterns of the text are matched when fields are extracted, which marks the events.
            let unmarked = || {
                let pack = reader.pack;
                let fits = pack.raw.is_empty() && pack.formats.contains(&current.head.format);
                fits && pack.is_for_file(batch.file_of(current.head)) && recognises(pack, &event)
            };
            let is_its = if batch.marked { current.head.mark == reader.mark } else { unmarked() };
            if !is_its {
                continue;
            }
            match &reader.pack.metrics {
                None => return self.recognized(at, &event, current),
                Some(rule) if metrics::is_data_point(rule, &event, current.head) => {
                    return self.data_point(at, &event, current.head);
                }
                Some(_) => {}
            }
        }
        self.unrecognized(&Event { batch, slots, names: &[] }, current);
    }

    fn recognized(&mut self, at: usize, event: &Event<'_>, current: Current<'_>) {
        let Some(kinds) = self.kinds.get_mut(at) else { return };
        let Some(pack) = self.readers.get(at).map(|reader| reader.pack) else { return };
        let Current { head, number, make } = current;
        let kind = kinds.kind(event, &self.wanted, &self.batch.names);
        let given = self.batch.metadata_of(head);
        let time = given.and_then(|given| given.time);
        let time = time.or_else(|| time_of(pack, kind.scopes, event, self.now)).or(head.time);
        let time = count_time(time, &mut self.output);
        let host = fill(&pack.host, event, &mut self.host);
        if !fill(&pack.source, event, &mut self.source) {
            self.source.push_str(self.batch.file_of(head));
        }
        let host = given.and_then(|given| given.host.as_deref()).or(host.then_some(&*self.host));
        let source = given.and_then(|given| given.source.as_deref()).unwrap_or(&self.source);
        let sourcetype = given.and_then(|given| given.sourcetype.as_deref()).unwrap_or(&pack.sourcetype);
        self.sourcetypes.count(sourcetype);
        let raw = self.batch.text_of(head.raw);
        let defaults = Defaults { time, host, source, sourcetype, raw };
        let Some(plan) = kinds.plan(kind) else { return };
        for dataset in &plan.datasets {
            let Some(WantedDataset { dataset: known, only }) = self.wanted.get(dataset.table) else { continue };
            if let Make::Chosen(chosen) = make
                && !chosen.in_dataset(known.id, number)
            {
                continue;
            }
            let table = self.datasets.entry(dataset.table).or_insert_with(|| {
                let with_raw = self.needs.with_raw.contains(&known.id);
                DatasetTable::new(known, with_raw, only.as_deref())
            });
            match make {
                Make::Chosen(_) => table.add_member(dataset, event, &defaults, number),
                _ => table.add(dataset, event, &defaults, number),
            }
        }
        if let Some(fields) = &self.needs.events {
            let input = events::Input { plan, event, head, defaults: &defaults, number };
            add_event(&mut self.tables, sourcetype, fields.as_ref(), make, &input);
        }
    }

    /// An event of measurements: it is in no other table.
    fn data_point(&mut self, at: usize, event: &Event<'_>, head: &EventHead) {
        let Some(pack) = self.readers.get(at).map(|reader| reader.pack) else { return };
        self.sourcetypes.count(&pack.sourcetype);
        let time = count_time(time_of(pack, 0, event, self.now).or(head.time), &mut self.output);
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
                source: &text(&pack.source, self.batch.file_of(head)),
                sourcetype: &text(&rule.sourcetype, &pack.sourcetype),
                index: &text(&rule.index, "main"),
            },
        );
    }

    fn unrecognized(&mut self, event: &Event<'_>, current: Current<'_>) {
        let Current { head, number, make } = current;
        self.output.unrecognized += 1;
        let given = self.batch.metadata_of(head);
        let time = count_time(given.and_then(|given| given.time).or(head.time), &mut self.output);
        let sourcetype = given.and_then(|given| given.sourcetype.as_deref());
        let sourcetype = sourcetype.unwrap_or_else(|| format_name(head.format));
        self.sourcetypes.count(sourcetype);
        let raw = self.batch.text_of(head.raw);
        let host = given.and_then(|given| given.host.as_deref());
        let source = given.and_then(|given| given.source.as_deref()).unwrap_or(self.batch.file_of(head));
        let defaults = Defaults { time, host, source, sourcetype, raw };
        if let Some(fields) = &self.needs.events {
            let input = events::Input { plan: &Plan::default(), event, head, defaults: &defaults, number };
            add_event(&mut self.tables, sourcetype, fields.as_ref(), make, &input);
        }
    }

    /// What was made, and by table the numbers of its rows' events; data points have none.
    fn finish(self) -> (Normalized, BTreeMap<TableId, Vec<u32>>) {
        let mut output = self.output;
        for (sourcetype, count) in self.sourcetypes.counts {
            *output.by_sourcetype.entry(sourcetype).or_default() += count;
        }
        let mut events = BTreeMap::new();
        let datasets = self.datasets.into_values().filter(|table| table.rows() > 0);
        let datasets = datasets.map(|table| (TableId::Dataset(table.id()), table.finish()));
        let tables = self.tables.into_iter().map(|(sourcetype, table)| (TableId::Events(sourcetype), table.finish()));
        for (table, (columns, numbers)) in datasets.chain(tables) {
            output.tables.insert(table.clone(), columns);
            events.insert(table, numbers);
        }
        if let Some(table) = self.metrics.filter(|table| table.rows() > 0) {
            output.tables.insert(TableId::Metrics, table.finish());
        }
        (output, events)
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

/// Add an event to its sourcetype's table.
fn add_event(
    tables: &mut BTreeMap<String, EventsTable>,
    sourcetype: &str,
    fields: Option<&BTreeSet<String>>,
    make: Make<'_>,
    input: &events::Input<'_>,
) {
    if let Make::Chosen(chosen) = make
        && !chosen.in_events(sourcetype, input.number)
    {
        return;
    }
    let is_wide = make.is_wide(sourcetype, input.number);
    if let Some(table) = tables.get_mut(sourcetype) {
        return table.add(input, is_wide);
    }
    let mut table = make.events_table(sourcetype, fields);
    table.add(input, is_wide);
    tables.insert(sourcetype.to_owned(), table);
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

/// May an event be of a pack, as far as measurements say? One that holds none is left to the packs behind.
pub(crate) fn holds_what_is_measured(pack: &Pack, event: &Event<'_>, head: &EventHead) -> bool {
    pack.metrics.as_ref().is_none_or(|rule| metrics::is_data_point(rule, event, head))
}

/// Does an event have the fields that a pack asks for?
pub(crate) fn recognises(pack: &Pack, event: &Event<'_>) -> bool {
    pack.matches.iter().all(|(name, patterns)| {
        let value = event.names.get(name.0).and_then(|candidates| event.named_first(candidates));
        value.is_some_and(|value| patterns.iter().any(|pattern| pattern.matches(value)))
    })
}

fn time_of(pack: &Pack, scopes: u128, event: &Event<'_>, now: Option<i64>) -> Option<i64> {
    let rules = pack.times.iter().filter(|rule| in_scope(rule.scope, scopes));
    rules.into_iter().find_map(|rule| match &rule.value {
        Op::Field(name) => read_time(rule, event.named_first(event.names.get(name.0)?)?, now),
        value => read_time(rule, &eval(value, event).into_text()?, now),
    })
}

fn read_time(rule: &TimeRule, text: &str, now: Option<i64>) -> Option<i64> {
    match &rule.format {
        TimeFormat::Iso => time::iso(text),
        TimeFormat::Epoch => time::epoch(text),
        TimeFormat::EpochMillis => time::epoch_millis(text),
        TimeFormat::EpochMicros => time::epoch_units(text, 1),
        TimeFormat::EpochNanos => time::epoch_units(text, 1000),
        TimeFormat::UsClock => time::us_clock(text),
        TimeFormat::Strptime(format) => time::by_format(text, format, now),
    }
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
