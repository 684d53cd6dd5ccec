//! The table of a dataset.

use std::borrow::Cow;
use std::collections::BTreeSet;

use cim::{Dataset, DatasetId, Field, FieldKind};
use event::{Column, Columns};

use super::Defaults;
use super::calculate::{calculate, value};
use super::columns::{MultiBuilder, TextBuilder};
use super::plan::{Check, DatasetPlan};
use crate::expr::{Event, Val};

/// Rows of a dataset: its fields, then `_time`, `host`, `source`, `sourcetype`, and `_raw` where it is asked for.
#[derive(Debug)]
pub(super) struct DatasetTable {
    dataset: &'static Dataset,
    fields: Vec<&'static Field>,
    columns: Vec<Builder>,
    time: Vec<i64>,
    host: TextBuilder,
    source: TextBuilder,
    sourcetype: TextBuilder,
    /// The events' texts, where they are asked for.
    raw: Option<TextBuilder>,
    /// By column: is it asked for? And so for the default fields.
    asked: Vec<bool>,
    asked_defaults: [bool; 3],
    /// By row: the number of its event.
    events: Vec<u32>,
}

const DEFAULTS: [&str; 3] = ["host", "source", "sourcetype"];

#[derive(Debug)]
enum Builder {
    Text(TextBuilder),
    Multi(MultiBuilder),
}

impl DatasetTable {
    /// A table of all fields, or of those of a name in `only`.
    pub(super) fn new(dataset: &'static Dataset, with_raw: bool, only: Option<&BTreeSet<String>>) -> Self {
        let fields = dataset.all_fields();
        let asked = |name: &str| only.is_none_or(|only| only.contains(name));
        let builder = |field: &&Field| match field.kind {
            FieldKind::Text | FieldKind::Number => Builder::Text(TextBuilder::default()),
            FieldKind::Multi => Builder::Multi(MultiBuilder::default()),
        };
        Self {
            dataset,
            columns: fields.iter().map(builder).collect(),
            asked: fields.iter().map(|field| asked(field.name)).collect(),
            asked_defaults: DEFAULTS.map(asked),
            events: Vec::new(),
            fields,
            time: Vec::new(),
            host: TextBuilder::default(),
            source: TextBuilder::default(),
            sourcetype: TextBuilder::default(),
            raw: (with_raw && asked("_raw")).then(TextBuilder::default),
        }
    }

    pub(super) fn id(&self) -> DatasetId {
        self.dataset.id
    }

    pub(super) fn rows(&self) -> usize {
        self.time.len()
    }

    /// Add an event that has the dataset's tags, when it meets the other conditions. `number` is the event's in the batch.
    pub(super) fn add(&mut self, plan: &DatasetPlan<'_>, event: &Event<'_>, defaults: &Defaults<'_>, number: u32) {
        if plan.conditions.iter().all(|check| holds(check, plan, event)) {
            self.add_member(plan, event, defaults, number);
        }
    }

    /// Add an event that is known to belong to the dataset.
    pub(super) fn add_member(
        &mut self,
        plan: &DatasetPlan<'_>,
        event: &Event<'_>,
        defaults: &Defaults<'_>,
        number: u32,
    ) {
        let row = self.rows();
        for (at, column) in plan.columns.iter().filter(|(at, _)| self.asked.get(*at) == Some(&true)) {
            let Some(builder) = self.columns.get_mut(*at) else { continue };
            let value = calculate(column, plan, event, defaults.sourcetype);
            // A field that mostly has one value may have several: each of them is one to searches.
            if let (Builder::Text(text), Val::Multi(_)) = (&*builder, &value) {
                *builder = Builder::Multi(MultiBuilder::from_text(text));
            }
            match (builder, value) {
                (_, Val::Null) => {}
                (Builder::Text(builder), Val::Text(text)) => builder.set(row, &text),
                (Builder::Text(builder), value) => {
                    builder.set(row, &value.into_text().unwrap_or(Cow::Borrowed("")));
                }
                (Builder::Multi(builder), Val::Multi(values)) => builder.set(row, values.iter().map(|value| &**value)),
                (Builder::Multi(builder), value) => {
                    let text = value.into_text();
                    builder.set(row, text.as_deref());
                }
            }
        }
        self.time.push(defaults.time);
        self.events.push(number);
        let [host, source, sourcetype] = self.asked_defaults;
        if let Some(name) = defaults.host.filter(|_| host) {
            self.host.set(row, name);
        }
        if source {
            self.source.set(row, defaults.source);
        }
        if sourcetype {
            self.sourcetype.set(row, defaults.sourcetype);
        }
        if let Some(raw) = self.raw.as_mut().filter(|_| !defaults.raw.is_empty()) {
            raw.set(row, defaults.raw);
        }
    }

    /// The columns, and by row the number of its event.
    pub(super) fn finish(self) -> (Columns, Vec<u32>) {
        let rows = self.time.len();
        let mut columns: Vec<(String, Column)> = Vec::with_capacity(self.fields.len() + 4);
        let fields = self.fields.iter().zip(self.columns).zip(self.asked);
        for ((field, builder), _) in fields.filter(|(_, asked)| *asked) {
            let column = match builder {
                Builder::Text(builder) => Column::Text(builder.finish(rows)),
                Builder::Multi(builder) => Column::Multi(builder.finish(rows)),
            };
            columns.push((field.name.to_owned(), column));
        }
        columns.push(("_time".to_owned(), Column::Time(self.time)));
        let defaults = DEFAULTS.into_iter().zip([self.host, self.source, self.sourcetype]).zip(self.asked_defaults);
        for ((name, builder), _) in defaults.filter(|(_, asked)| *asked) {
            columns.push((name.to_owned(), Column::Text(builder.finish(rows))));
        }
        columns.extend(self.raw.map(|raw| ("_raw".to_owned(), Column::Text(raw.finish(rows)))));
        (Columns { rows, columns }, self.events)
    }
}

fn holds(check: &Check<'_>, plan: &DatasetPlan<'_>, event: &Event<'_>) -> bool {
    match check {
        Check::Is(source, pattern) => match value(source, plan, event) {
            Val::Multi(values) => values.iter().any(|value| pattern.matches(value)),
            other => other.into_text().is_some_and(|value| pattern.matches(&value)),
        },
        Check::Any(parts) => parts.iter().any(|part| holds(part, plan, event)),
        Check::NotAll(parts) => !parts.iter().all(|part| holds(part, plan, event)),
    }
}
