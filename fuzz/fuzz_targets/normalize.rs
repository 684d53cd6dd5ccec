//! Any JSON or XML event is normalised without a panic: no event is lost, and all columns of a table have its rows.

#![no_main]

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use event::{Column, Columns, DecodeOptions};
use libfuzzer_sys::fuzz_target;
use normalize::{Choose, Made, Needs, Normalized, Normalizer, TableId};

static NORMALIZER: LazyLock<Normalizer> = LazyLock::new(|| Normalizer::new(&[], &mut diag::Files::default()).0);

/// Chooses every row, by one field; makes rows of datasets once or twice.
struct All {
    at_once: bool,
}

impl Choose for All {
    fn fields(&self, _table: &TableId) -> Arc<BTreeSet<String>> {
        Arc::new(BTreeSet::from(["process_name".to_owned()]))
    }

    fn choose<'t>(&mut self, _: &TableId, columns: &Columns, _: &dyn Fn(usize) -> Option<&'t str>) -> Vec<u32> {
        (0..).take(columns.rows).collect()
    }

    fn made(&self, _table: &TableId) -> Option<Made> {
        None
    }

    fn takes_all(&self, _dataset: cim::DatasetId) -> bool {
        self.at_once
    }
}

fn rows(column: &Column) -> usize {
    match column {
        Column::Text(column) => column.rows(),
        Column::Multi(column) => column.rows(),
        Column::Time(times) => times.len(),
    }
}

fuzz_target!(|text: &str| {
    let needs = Needs::all();
    // Most inputs shall reach a pack.
    let sysmon = "<Event><System><Provider Name='Microsoft-Windows-Sysmon'/><EventID>1</EventID>\
                  <Channel>Microsoft-Windows-Sysmon/Operational</Channel></System><EventData>";
    for start in ["", sysmon, "{\"event_simpleName\": \"ProcessRollup2\", \"x\": "] {
        let text = format!("{start}{text}");
        event::decode(&"log".into(), text.as_bytes(), &DecodeOptions::default(), &mut |batch| {
            let normalized = NORMALIZER.normalize(&batch, &needs);
            let lengths = |normalized: &Normalized| -> Vec<usize> {
                normalized.tables.values().map(|columns| columns.rows).collect()
            };
            for at_once in [false, true] {
                let chosen = NORMALIZER.normalize_chosen(&batch, &needs, &mut All { at_once });
                assert_eq!(lengths(&chosen), lengths(&normalized), "choosing all rows loses some");
            }
            let counted: u64 = normalized.by_sourcetype.values().sum();
            assert_eq!(counted, batch.events.len() as u64, "an event is lost: {text:?}");
            for (table, columns) in &normalized.tables {
                assert!(columns.columns.iter().all(|(_, column)| rows(column) == columns.rows), "{table}: {text:?}");
            }
        });
    }
});
