//! Chosen rows are the rows of the tables made in full.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails panics")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use cim::DatasetId;
use event::{Columns, DecodeOptions, EventBatch};
use normalize::{Choose, Made, Needs, Normalizer, TableId};

const LOG: &str = include_str!("../../../content/demo/sysmon.xml");

/// Every row whose number has a remainder of `rest` when divided by `of`.
struct Every {
    of: u32,
    rest: u32,
    fields: BTreeSet<String>,
    /// Datasets are made at once; of these fields, where they are said.
    takes_all: bool,
    of_datasets: Option<Arc<BTreeSet<String>>>,
    seen: BTreeMap<TableId, (usize, Vec<u32>)>,
}

impl Choose for Every {
    fn fields(&self, _table: &TableId) -> Arc<BTreeSet<String>> {
        Arc::new(self.fields.clone())
    }

    fn choose<'t>(&mut self, table: &TableId, columns: &Columns, _text: &dyn Fn(usize) -> Option<&'t str>) -> Vec<u32> {
        let asked = |name: &String| match table {
            TableId::Dataset(_) if self.takes_all => self.of_datasets.as_ref().is_none_or(|all| all.contains(name)),
            _ => self.fields.contains(name),
        };
        for (name, _) in &columns.columns {
            assert!(name == "_time" || asked(name), "{table}: nobody asked for {name}");
        }
        let rows = u32::try_from(columns.rows).unwrap();
        let chosen: Vec<u32> = (0..rows).filter(|row| row % self.of == self.rest).collect();
        self.seen.insert(table.clone(), (columns.rows, chosen.clone()));
        chosen
    }

    fn made(&self, _table: &TableId) -> Option<Made> {
        None
    }

    fn dataset_fields(&self, _dataset: DatasetId) -> Option<Arc<BTreeSet<String>>> {
        self.of_datasets.clone()
    }

    fn takes_all(&self, _dataset: DatasetId) -> bool {
        self.takes_all
    }
}

fn batches() -> Vec<EventBatch> {
    let mut batches = Vec::new();
    event::decode(&"sysmon.xml".into(), LOG.as_bytes(), &DecodeOptions::default(), &mut |batch| batches.push(batch));
    batches
}

#[test]
fn chosen_rows_are_those_of_the_full_tables() {
    let fields = BTreeSet::from(["process_name", "EventCode", "host"].map(str::to_owned));
    let more: BTreeSet<String> = fields.iter().cloned().chain(["user".to_owned(), "process".to_owned()]).collect();
    for (takes_all, of_datasets) in [(false, None), (true, None), (false, Some(more.clone())), (true, Some(more))] {
        for (of, rest) in [(1, 0), (2, 1), (7, 3), (1000, 999)] {
            let (fields, of_datasets) = (fields.clone(), of_datasets.clone().map(Arc::new));
            check(Every { of, rest, fields, takes_all, of_datasets, seen: BTreeMap::new() });
        }
    }
}

fn check(mut every: Every) {
    let (normalizer, _) = Normalizer::new(&[], &mut diag::Files::default());
    for batch in batches() {
        every.seen.clear();
        let needs = Needs::all();
        let full = normalizer.normalize(&batch, &needs);
        let chosen = normalizer.normalize_chosen(&batch, &needs, &mut every);
        assert_eq!(chosen.by_sourcetype, full.by_sourcetype);
        assert_eq!(chosen.time_range, full.time_range);
        for (table, columns) in &full.tables {
            let (rows, wanted) = &every.seen[table];
            assert_eq!(*rows, columns.rows, "{table}");
            let Some(made) = chosen.tables.get(table) else {
                assert!(wanted.is_empty(), "{table}");
                continue;
            };
            let mut expected = columns.select(wanted);
            if let (TableId::Dataset(_), Some(of)) = (table, &every.of_datasets) {
                expected.columns.retain(|(name, _)| name == "_time" || of.contains(name));
            }
            assert_same(made, &expected, table);
        }
    }
}

/// The same rows; a column that no chosen row has a value in may be missing.
fn assert_same(made: &Columns, expected: &Columns, table: &TableId) {
    assert_eq!(made.rows, expected.rows, "{table}");
    let made: BTreeMap<&str, String> = shown(made);
    for (name, column) in shown(expected) {
        match made.get(name) {
            Some(found) => assert_eq!(*found, column, "{table}.{name}"),
            None => assert!(!column.contains("Some"), "{table}.{name} is missing"),
        }
    }
}

fn shown(columns: &Columns) -> BTreeMap<&str, String> {
    let shown = |column: &event::Column, row: usize| match column {
        event::Column::Text(text) => format!("{:?}", text.get(row)),
        event::Column::Multi(multi) => {
            let range = multi.offsets[row] as usize..multi.offsets[row + 1] as usize;
            range.map(|place| format!("{:?}", multi.values.get(place))).collect()
        }
        event::Column::Time(times) => format!("Some({})", times[row]),
    };
    let all = |column| (0..columns.rows).map(|row| shown(column, row)).collect::<Vec<_>>().join(",");
    columns.columns.iter().map(|(name, column)| (name.as_str(), all(column))).collect()
}
