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
    /// What rows have, and what wide rows have.
    shapes: [Shape; 2],
    /// By place in [`DEFAULT_FIELDS`]: does the table have it?
    defaults: [bool; 7],
    /// By row: the number of its event.
    events: Vec<u32>,
    columns: OpenColumns,
    time: Vec<i64>,
    host: TextBuilder,
    source: TextBuilder,
    sourcetype: TextBuilder,
    raw: TextBuilder,
    eventtype: MultiBuilder,
    tag: MultiBuilder,
}

/// The fields that rows have.
struct Shape {
    wanted: Wanted,
    /// By place in [`DEFAULT_FIELDS`].
    defaults: [bool; 7],
    /// By plan, by field id: the columns that an event's own field goes to.
    own: HashMap<usize, Vec<Option<Vec<OwnColumn>>>, foldhash::fast::RandomState>,
    /// By plan: the computed fields that are wanted, by their place in it, and their columns.
    computed: HashMap<usize, Vec<(usize, usize)>, foldhash::fast::RandomState>,
}

impl Shape {
    fn new(fields: Option<Arc<BTreeSet<String>>>, defaults: impl Fn(&Wanted, &str) -> bool) -> Self {
        let wanted = Wanted::new(fields);
        let defaults = DEFAULT_FIELDS.map(|name| defaults(&wanted, name));
        Self { wanted, defaults, own: HashMap::default(), computed: HashMap::default() }
    }
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
    pub(super) fn new(fields: Option<Arc<BTreeSet<String>>>) -> Self {
        Self::of([None, fields].map(|fields| Shape::new(fields, |_, _| true)), 1)
    }

    /// A table of these fields alone, and `_time`.
    pub(super) fn only(fields: Arc<BTreeSet<String>>) -> Self {
        Self::of([None, Some(fields)].map(|fields| Shape::new(fields, is_asked)), 1)
    }

    /// A table whose rows have some fields, and whose wide rows have others; and `_time`.
    pub(super) fn wide(narrow: Option<Arc<BTreeSet<String>>>, wide: Option<Arc<BTreeSet<String>>>) -> Self {
        Self::of([wide, narrow].map(|fields| Shape::new(fields, is_asked)), 2)
    }

    /// `used`: 1, all rows have the second shape; 2, wide rows have the first.
    fn of(shapes: [Shape; 2], used: usize) -> Self {
        let any = |place: usize| {
            shapes.iter().rev().take(used).any(|shape| shape.defaults.get(place).copied().unwrap_or(false))
        };
        Self {
            defaults: [0, 1, 2, 3, 4, 5, 6].map(any),
            shapes,
            events: Vec::new(),
            columns: OpenColumns::default(),
            time: Vec::new(),
            host: TextBuilder::default(),
            source: TextBuilder::default(),
            sourcetype: TextBuilder::default(),
            raw: TextBuilder::default(),
            eventtype: MultiBuilder::default(),
            tag: MultiBuilder::default(),
        }
    }

    /// Add an event. `is_wide` is false in tables of one shape.
    pub(super) fn add(&mut self, input: &Input<'_>, is_wide: bool) {
        let Input { plan, event, head, defaults, number } = *input;
        let row = self.time.len();
        let [wide, narrow] = &mut self.shapes;
        let shape = if is_wide { wide } else { narrow };
        let columns = &mut self.columns;
        let own = shape.own.entry(plan.id).or_default();
        for (at, (field, _)) in (head.first_field as usize..).zip(event.batch.fields_of(head)) {
            // A field of several values is taken at its first one.
            if event.slots.first(field) == Some(at) {
                add_own((row, field), input, (&shape.wanted, own), columns);
            }
        }
        let computed = shape.computed.entry(plan.id).or_insert_with(|| {
            let fields = plan.fields.iter().enumerate().filter(|(_, (name, _))| shape.wanted.has(name));
            fields.map(|(at, (name, _))| (at, columns.column(name))).collect()
        });
        for (at, column) in computed {
            if let Some((_, op)) = plan.fields.get(*at) {
                columns.set(row, *column, eval(op, event));
            }
        }
        self.time.push(defaults.time);
        self.events.push(number);
        let [_, host, source, sourcetype, raw, eventtype, tag] = shape.defaults;
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
        let defaults = DEFAULT_FIELDS.into_iter().zip(defaults).zip(self.defaults);
        let wanted = defaults.filter(|(_, wanted)| *wanted);
        columns.extend(wanted.map(|((name, column), _)| (name.to_owned(), column)));
        (Columns { rows, columns }, self.events)
    }
}

/// Is a default field asked for? The time always is.
fn is_asked(wanted: &Wanted, name: &str) -> bool {
    name == "_time" || wanted.has(name)
}

/// Set the columns of an event's own field.
fn add_own(
    (row, field): (usize, FieldId),
    input: &Input<'_>,
    (wanted, own): (&Wanted, &mut Vec<Option<Vec<OwnColumn>>>),
    columns: &mut OpenColumns,
) {
    let Input { plan, event, .. } = *input;
    let index = usize::from(field.0);
    if index >= own.len() {
        own.resize(index + 1, None);
    }
    let Some(slot) = own.get_mut(index) else { return };
    let known = slot.get_or_insert_with(|| own_columns(field, plan, event, wanted, columns));
    for OwnColumn { column, before } in known {
        // Two long names may share a short one: the first in the event stays.
        if before.is_none_or(|exact| event.slots.count(exact) == 0) {
            columns.set(row, *column, event.value(field));
        }
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
