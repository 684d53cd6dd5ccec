//! Rows that are worth making: once over a batch to choose them, then again over their events to make them in full.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use cim::DatasetId;
use event::{Columns, EventBatch};

use super::events::EventsTable;
use super::{State, readers};
use crate::output::{Choose, Made, Needs, Normalized, TableId};
use crate::pack::Library;

/// Normalise the events of a batch that have a chosen row: once to choose, then those again in full.
pub(crate) fn normalize_chosen(
    library: &Library,
    batch: &EventBatch,
    needs: &Needs,
    choose: &mut dyn Choose,
) -> Normalized {
    if batch.events.is_empty() {
        return Normalized::default();
    }
    let readers = readers(library, batch);
    let make = Make::Fields(&*choose);
    let mut state = State::new(batch, needs, (&readers, library.now), make);
    state.run(make);
    let (mut normalized, events) = state.finish();
    let mut chosen = Chosen::default();
    for (table, columns) in std::mem::take(&mut normalized.tables) {
        let events = events.get(&table);
        let text = |row: usize| {
            let head = batch.events.get(*events?.get(row)? as usize)?;
            Some(batch.text_of(head.raw)).filter(|text| !text.is_empty())
        };
        let rows = choose.choose(&table, &columns, &text);
        let Some(events) = events else {
            // Data points have been made in full.
            normalized.tables.extend(taken(columns, &rows).map(|columns| (table, columns)));
            continue;
        };
        if let TableId::Dataset(dataset) = table {
            if choose.takes_all(dataset) {
                normalized.tables.extend(taken(columns, &rows).map(|columns| (table, columns)));
                continue;
            }
            chosen.fields.insert(dataset, choose.dataset_fields(dataset));
        }
        let number = |row: &u32| events.get(*row as usize).copied();
        if let (TableId::Events(sourcetype), Some(made)) = (&table, choose.made(&table)) {
            let mut wide = Numbers::default();
            made.wide_rows.iter().filter_map(number).for_each(|number| wide.insert(number));
            chosen.made.insert(sourcetype.clone(), (made, wide));
        }
        chosen.add(table, rows.iter().filter_map(number));
    }
    if !chosen.events.is_empty() {
        let mut state = State::new(batch, needs, (&readers, library.now), Make::Chosen(&chosen));
        state.run_chosen(&chosen);
        normalized.tables.extend(state.finish().0.tables);
    }
    normalized
}

/// The chosen ones of rows that are made in full; `None` when there is none.
fn taken(columns: Columns, rows: &[u32]) -> Option<Columns> {
    match rows.len() {
        0 => None,
        all if all == columns.rows => Some(columns),
        _ => Some(columns.select(rows)),
    }
}

/// Which rows are made, and of which fields.
#[derive(Clone, Copy)]
pub(super) enum Make<'c> {
    /// Every row, in full.
    All,
    /// Every row, of the fields that a choice goes by.
    Fields(&'c dyn Choose),
    /// The chosen rows, in full.
    Chosen(&'c Chosen),
}

/// Chosen rows: of each table, the numbers of their events.
#[derive(Default)]
pub(super) struct Chosen {
    datasets: BTreeMap<DatasetId, Numbers>,
    tables: BTreeMap<String, Numbers>,
    /// By dataset: the fields that its rows are made of; `None` is all.
    fields: BTreeMap<DatasetId, Option<Arc<BTreeSet<String>>>>,
    /// By sourcetype: what its rows are made of, where it is not all, and which of its events have wide rows.
    made: BTreeMap<String, (Made, Numbers)>,
    /// Events with a row in any table.
    pub(super) events: Numbers,
}

/// A set of event numbers, a bit each.
#[derive(Default)]
pub(super) struct Numbers(Vec<u64>);

impl Numbers {
    fn insert(&mut self, number: u32) {
        let word = number as usize / 64;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << (number % 64);
        }
    }

    fn contains(&self, number: u32) -> bool {
        self.0.get(number as usize / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// From the first.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        (0..)
            .zip(&self.0)
            .flat_map(|(at, word)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| at * 64 + bit))
    }
}

impl Chosen {
    fn add(&mut self, table: TableId, events: impl Iterator<Item = u32>) {
        let mut numbers = Numbers::default();
        for number in events {
            numbers.insert(number);
            self.events.insert(number);
        }
        match table {
            TableId::Dataset(dataset) => drop(self.datasets.insert(dataset, numbers)),
            TableId::Events(sourcetype) => drop(self.tables.insert(sourcetype, numbers)),
            TableId::Metrics => {}
        }
    }

    pub(super) fn in_dataset(&self, dataset: DatasetId, event: u32) -> bool {
        self.datasets.get(&dataset).is_some_and(|events| events.contains(event))
    }

    pub(super) fn in_events(&self, sourcetype: &str, event: u32) -> bool {
        self.tables.get(sourcetype).is_some_and(|events| events.contains(event))
    }
}

impl Make<'_> {
    /// The fields that a dataset's table is limited to.
    pub(super) fn fields(self, dataset: DatasetId) -> Option<Arc<BTreeSet<String>>> {
        match self {
            Self::Fields(choose) if choose.takes_all(dataset) => choose.dataset_fields(dataset),
            Self::Fields(choose) => Some(choose.fields(&TableId::Dataset(dataset))),
            Self::Chosen(chosen) => chosen.fields.get(&dataset).cloned().flatten(),
            Self::All => None,
        }
    }

    /// A table of a sourcetype's events.
    pub(super) fn events_table(self, sourcetype: &str, fields: Option<&BTreeSet<String>>) -> EventsTable {
        let made = match self {
            Self::Fields(choose) => return EventsTable::only(choose.fields(&TableId::Events(sourcetype.to_owned()))),
            Self::Chosen(chosen) => chosen.made.get(sourcetype).map(|(made, _)| made),
            Self::All => None,
        };
        let all = || fields.cloned().map(Arc::new);
        match made {
            None => EventsTable::new(all()),
            Some(made) => EventsTable::wide(made.narrow.clone().or_else(all), made.wide.clone().or_else(all)),
        }
    }

    /// Has an event a wide row?
    pub(super) fn is_wide(self, sourcetype: &str, event: u32) -> bool {
        match self {
            Self::Chosen(chosen) => chosen.made.get(sourcetype).is_some_and(|(_, wide)| wide.contains(event)),
            Self::Fields(_) | Self::All => false,
        }
    }
}
