//! Rows that are worth making: once over a batch to choose them, then again over their events to make them in full.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use cim::DatasetId;
use event::EventBatch;

use super::{State, readers};
use crate::output::{Choose, Needs, Normalized, TableId};
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
        let rows = choose.choose(&table, &columns);
        let Some(events) = events.get(&table) else {
            // Data points have been made in full.
            if !rows.is_empty() {
                normalized.tables.insert(table, columns.select(&rows));
            }
            continue;
        };
        let number = |row: &u32| events.get(*row as usize).copied();
        if let (TableId::Events(sourcetype), Some(fields)) = (&table, choose.fields_made(&table)) {
            chosen.fields.insert(sourcetype.clone(), fields);
        }
        chosen.add(table, rows.iter().filter_map(number).collect());
    }
    if !chosen.events.is_empty() {
        let mut state = State::new(batch, needs, (&readers, library.now), Make::Chosen(&chosen));
        state.run_chosen(&chosen);
        normalized.tables.extend(state.finish().0.tables);
    }
    normalized
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
    datasets: BTreeMap<DatasetId, HashSet<u32>>,
    tables: BTreeMap<String, HashSet<u32>>,
    /// By sourcetype: the fields that its rows are made of, where it is not all.
    fields: BTreeMap<String, Arc<BTreeSet<String>>>,
    /// Events with a row in any table.
    pub(super) events: BTreeSet<u32>,
}

impl Chosen {
    fn add(&mut self, table: TableId, events: HashSet<u32>) {
        self.events.extend(&events);
        match table {
            TableId::Dataset(dataset) => drop(self.datasets.insert(dataset, events)),
            TableId::Events(sourcetype) => drop(self.tables.insert(sourcetype, events)),
            TableId::Metrics => {}
        }
    }

    pub(super) fn in_dataset(&self, dataset: DatasetId, event: u32) -> bool {
        self.datasets.get(&dataset).is_some_and(|events| events.contains(&event))
    }

    pub(super) fn in_events(&self, sourcetype: &str, event: u32) -> bool {
        self.tables.get(sourcetype).is_some_and(|events| events.contains(&event))
    }
}

impl Make<'_> {
    /// The fields that a table is limited to.
    pub(super) fn fields(self, table: &TableId) -> Option<Arc<BTreeSet<String>>> {
        match self {
            Self::Fields(choose) => Some(choose.fields(table)),
            Self::Chosen(chosen) => match table {
                TableId::Events(sourcetype) => chosen.fields.get(sourcetype).cloned(),
                TableId::Dataset(_) | TableId::Metrics => None,
            },
            Self::All => None,
        }
    }
}
