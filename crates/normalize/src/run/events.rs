//! The table of a sourcetype's events, for searches that read raw events.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use event::{Column, Columns, EventHead, FieldId};

use super::Defaults;
use super::columns::{MultiBuilder, TextBuilder};
use super::open::OpenColumns;
use super::plan::Plan;
use crate::expr::{Event, eval};
use crate::pack::{Wildcard, of_record};

/// Fields that every events table ends with; an event's own field of such a name stays in `_raw` only.
const DEFAULT_FIELDS: [&str; 7] = ["_time", "host", "source", "sourcetype", "_raw", "eventtype", "tag"];

/// The fields that a table is to have.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    names: Option<Arc<BTreeSet<String>>>,
    patterns: Vec<Wildcard>,
}

impl Wanted {
    /// `None` is all; a name may hold `*`.
    pub(super) fn new(names: Option<Arc<BTreeSet<String>>>) -> Self {
        let patterns = names
            .iter()
            .flat_map(|names| names.iter())
            .filter(|name| name.contains('*'))
            .map(|name| Wildcard::new(name));
        Self { patterns: patterns.collect(), names }
    }

    fn has(&self, name: &str) -> bool {
        self.names.as_ref().is_none_or(|names| names.contains(name))
            || self.patterns.iter().any(|one| one.matches(name))
    }
}

/// Events of a sourcetype: their own fields, those of the pack, and [`DEFAULT_FIELDS`].
pub(super) struct EventsTable {
    wanted: Wanted,
    /// By place in [`DEFAULT_FIELDS`].
    wanted_defaults: [bool; 7],
    /// By row: the number of its event.
    events: Vec<u32>,
    columns: OpenColumns,
    /// By plan, by field id: the columns that an event's own field goes to.
    own: HashMap<usize, Vec<Option<Vec<OwnColumn>>>, foldhash::fast::RandomState>,
    /// By plan: the computed fields that are wanted, by their place in it, and their columns.
    computed: HashMap<usize, Vec<(usize, usize)>, foldhash::fast::RandomState>,
    time: Vec<i64>,
    host: TextBuilder,
    source: TextBuilder,
    sourcetype: TextBuilder,
    raw: TextBuilder,
    eventtype: MultiBuilder,
    tag: MultiBuilder,
}

/// An event and what is known about it.
#[derive(Clone, Copy)]
pub(super) struct Input<'a> {
    pub(super) plan: &'a Plan<'a>,
    pub(super) event: &'a Event<'a>,
    pub(super) head: &'a EventHead,
    pub(super) defaults: &'a Defaults<'a>,
    /// The event's number in the batch.
    pub(super) number: u32,
}

impl EventsTable {
    /// A table of the fields that searches read, with all default fields.
    pub(super) fn new(fields: Option<&BTreeSet<String>>) -> Self {
        Self::of(Wanted::new(fields.cloned().map(Arc::new)), [true; 7])
    }

    /// A table of these fields alone, and `_time`.
    pub(super) fn only(fields: Arc<BTreeSet<String>>) -> Self {
        let wanted = Wanted::new(Some(fields));
        let defaults = DEFAULT_FIELDS.map(|name| name == "_time" || wanted.has(name));
        Self::of(wanted, defaults)
    }

    fn of(wanted: Wanted, wanted_defaults: [bool; 7]) -> Self {
        Self {
            wanted,
            wanted_defaults,
            events: Vec::new(),
            columns: OpenColumns::default(),
            own: HashMap::default(),
            computed: HashMap::default(),
            time: Vec::new(),
            host: TextBuilder::default(),
            source: TextBuilder::default(),
            sourcetype: TextBuilder::default(),
            raw: TextBuilder::default(),
            eventtype: MultiBuilder::default(),
            tag: MultiBuilder::default(),
        }
    }

    pub(super) fn add(&mut self, input: &Input<'_>) {
        let Input { plan, event, head, defaults, number } = *input;
        let row = self.time.len();
        for (at, (field, _)) in (head.first_field as usize..).zip(event.batch.fields_of(head)) {
            // A field of several values is taken at its first one.
            if event.slots.first(field) == Some(at) {
                self.add_own(row, field, input);
            }
        }
        let computed = self.computed.entry(plan.id).or_insert_with(|| {
            let fields = plan.fields.iter().enumerate().filter(|(_, (name, _))| self.wanted.has(name));
            fields.map(|(at, (name, _))| (at, self.columns.column(name))).collect()
        });
        for (at, column) in computed {
            if let Some((_, op)) = plan.fields.get(*at) {
                self.columns.set(row, *column, eval(op, event));
            }
        }
        self.time.push(defaults.time);
        self.events.push(number);
        let [_, host, source, sourcetype, raw, eventtype, tag] = self.wanted_defaults;
        if let Some(name) = defaults.host.filter(|_| host) {
            self.host.set(row, name);
        }
        if source {
            self.source.set(row, defaults.source);
        }
        if sourcetype {
            self.sourcetype.set(row, defaults.sourcetype);
        }
        if raw && !defaults.raw.is_empty() {
            self.raw.set(row, defaults.raw);
        }
        if eventtype {
            self.eventtype.set(row, plan.eventtypes.iter().copied());
        }
        if tag {
            self.tag.set(row, plan.tags.iter().copied());
        }
    }

    fn add_own(&mut self, row: usize, field: FieldId, input: &Input<'_>) {
        let Input { plan, event, .. } = *input;
        let index = usize::from(field.0);
        let own = self.own.entry(plan.id).or_default();
        if index >= own.len() {
            own.resize(index + 1, None);
        }
        let Some(slot) = own.get_mut(index) else { return };
        let columns = slot.get_or_insert_with(|| own_columns(field, plan, event, &self.wanted, &mut self.columns));
        for OwnColumn { column, before } in columns {
            // Two long names may share a short one: the first in the event stays.
            if before.is_none_or(|exact| event.slots.count(exact) == 0) {
                self.columns.set(row, *column, event.value(field));
            }
        }
    }

    /// Columns sorted by name, then the default fields; and by row the number of its event.
    pub(super) fn finish(self) -> (Columns, Vec<u32>) {
        let rows = self.time.len();
        let mut columns = self.columns.finish(rows);
        let defaults = [
            Column::Time(self.time),
            Column::Text(self.host.finish(rows)),
            Column::Text(self.source.finish(rows)),
            Column::Text(self.sourcetype.finish(rows)),
            Column::Text(self.raw.finish(rows)),
            Column::Multi(self.eventtype.finish(rows)),
            Column::Multi(self.tag.finish(rows)),
        ];
        let defaults = DEFAULT_FIELDS.into_iter().zip(defaults).zip(self.wanted_defaults);
        let wanted = defaults.filter(|(_, wanted)| *wanted);
        columns.extend(wanted.map(|((name, column), _)| (name.to_owned(), column)));
        (Columns { rows, columns }, self.events)
    }
}

/// A column that an event's own field goes to.
#[derive(Debug, Clone, Copy)]
struct OwnColumn {
    column: usize,
    /// The field of that very name goes before one whose short name it is.
    before: Option<FieldId>,
}

/// The columns of an event's own field: its name, and its short name under the pack's `*` spelling. What the pack computes
/// takes the place of what the event says.
fn own_columns(
    field: FieldId,
    plan: &Plan<'_>,
    event: &Event<'_>,
    wanted: &Wanted,
    columns: &mut OpenColumns,
) -> Vec<OwnColumn> {
    let name = event.batch.names.name(field);
    let short = plan.short.iter().filter_map(|(prefix, suffix)| name.strip_prefix(prefix)?.strip_suffix(suffix));
    if of_record(name).is_some() {
        return Vec::new();
    }
    let names = std::iter::once(name).chain(short);
    let kept = names.filter(|name| !DEFAULT_FIELDS.contains(name) && wanted.has(name));
    let native = kept.filter(|name| plan.fields.binary_search_by_key(name, |(computed, _)| computed).is_err());
    let own = native.map(|name| OwnColumn {
        column: columns.column(name),
        before: event.batch.names.get(name).filter(|exact| *exact != field),
    });
    own.collect()
}
