//! What logs have: which sources, which datasets, which fields with a value.

use std::collections::{BTreeMap, BTreeSet};

use event::{Column, Columns, ContentHash};
use lake::LakeError;
use normalize::TableId;

use super::{Filled, Origin, Said, World};
use crate::sink::{Everything, Keep, Prepare, Prepared, Source};

/// By table: rows, and fields with a value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    tables: BTreeMap<TableId, SeenTable>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct SeenTable {
    rows: u64,
    fields: BTreeSet<String>,
    /// Distinct sources and event types, as many as tell sources apart.
    sources: BTreeSet<String>,
    eventtypes: BTreeSet<String>,
    index: Option<String>,
}

/// Looks at rows and forgets them.
#[derive(Debug, Clone, Copy)]
pub struct Look;

/// More sources of one sourcetype than these are not told apart.
const MOST_SOURCES: usize = 1000;

impl Prepare for Look {
    type Batch = Seen;

    fn prepare(&self, source: &Source<'_>) -> Result<Prepared<Seen>, LakeError> {
        let prepared = Everything.prepare(source)?;
        let mut seen = Seen::default();
        for (table, columns) in &prepared.rows {
            seen.tables.entry(table.clone()).or_default().look(table, columns);
        }
        Ok(Prepared { normalized: prepared.normalized, rows: seen, spent: prepared.spent })
    }
}

impl Keep for Seen {
    type Batch = Self;
    const BY_FILE: bool = false;

    fn keep(&mut self, _hash: &dyn Fn() -> ContentHash, batches: Vec<Self>) -> Result<(), LakeError> {
        for (table, more) in batches.into_iter().flat_map(|seen| seen.tables) {
            let known = self.tables.entry(table).or_default();
            known.rows += more.rows;
            known.fields.extend(more.fields);
            known.eventtypes.extend(more.eventtypes);
            known.index = known.index.take().or(more.index);
            if known.sources.len() < MOST_SOURCES {
                known.sources.extend(more.sources);
            }
        }
        Ok(())
    }
}

impl SeenTable {
    fn look(&mut self, table: &TableId, columns: &Columns) {
        self.rows += columns.rows as u64;
        let default = |name: &str| match table {
            TableId::Dataset(id) => cim::find_dataset(id.model, id.dataset)
                .and_then(|dataset| dataset.field(name))
                .and_then(|field| field.calculation.default()),
            TableId::Events(_) | TableId::Metrics => None,
        };
        for (name, column) in &columns.columns {
            let filled = default(name);
            if values(column).any(|value| filled != Some(value)) {
                self.fields.insert(name.clone());
            }
            match name.as_str() {
                "source" => self.sources.extend(values(column).take(MOST_SOURCES).map(str::to_owned)),
                "eventtype" => self.eventtypes.extend(values(column).map(str::to_owned)),
                "index" => self.index = values(column).next().map(str::to_owned),
                _ => {}
            }
        }
    }
}

/// The values of a column; times are not looked at.
fn values(column: &Column) -> Box<dyn Iterator<Item = &str> + '_> {
    match column {
        Column::Text(text) => Box::new((0..text.rows()).filter_map(|row| text.get(row))),
        Column::Multi(multi) => Box::new((0..multi.values.rows()).filter_map(|row| multi.values.get(row))),
        Column::Time(_) => Box::new(std::iter::empty()),
    }
}

impl World {
    /// What logs have.
    pub fn of_logs(seen: &Seen) -> Self {
        let said = Said {
            no_dataset: "no event of these logs is in it",
            no_events: "no event of these logs is of that kind",
            no_field: "no event of these logs gives this field a value",
        };
        let mut world = Self { said, ..Self::default() };
        for (table, seen) in &seen.tables {
            match table {
                TableId::Dataset(id) => {
                    let filled = Filled { sources: BTreeSet::new(), fields: seen.fields.clone() };
                    world.datasets.insert(*id, filled);
                }
                TableId::Events(sourcetype) => world.sources.push(Origin {
                    name: sourcetype.clone(),
                    description: format!("{} events", seen.rows),
                    sourcetypes: vec![sourcetype.clone()],
                    sources: seen.sources.iter().cloned().collect(),
                    index: seen.index.clone(),
                    eventtypes: seen.eventtypes.clone(),
                    fields: seen.fields.clone(),
                    ..Origin::default()
                }),
                TableId::Metrics => {
                    world.sources.push(Origin { name: "metrics".to_owned(), is_metrics: true, ..Origin::default() });
                }
            }
        }
        world
    }
}
