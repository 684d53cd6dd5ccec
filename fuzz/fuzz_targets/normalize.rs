//! Any JSON or XML event is normalised without a panic: no event is lost, and all columns of a table have its rows.

#![no_main]

use std::sync::LazyLock;

use event::{Column, DecodeOptions};
use libfuzzer_sys::fuzz_target;
use normalize::{Needs, Normalizer};

static NORMALIZER: LazyLock<Normalizer> = LazyLock::new(|| Normalizer::new(&[], &mut diag::Files::default()).0);

fn rows(column: &Column) -> usize {
    match column {
        Column::Text(column) => column.rows(),
        Column::Multi(column) => column.rows(),
        Column::Time(times) => times.len(),
    }
}

fuzz_target!(|text: &str| {
    let needs = Needs { datasets: None, events: Some(None) };
    // Most inputs shall reach a pack.
    let sysmon = "<Event><System><Provider Name='Microsoft-Windows-Sysmon'/><EventID>1</EventID>\
                  <Channel>Microsoft-Windows-Sysmon/Operational</Channel></System><EventData>";
    for start in ["", sysmon, "{\"event_simpleName\": \"ProcessRollup2\", \"x\": "] {
        let text = format!("{start}{text}");
        event::decode(&"log".into(), text.as_bytes(), &DecodeOptions::default(), &mut |batch| {
            let normalized = NORMALIZER.normalize(&batch, &needs);
            let counted: u64 = normalized.by_sourcetype.values().sum();
            assert_eq!(counted, batch.events.len() as u64, "an event is lost: {text:?}");
            for (table, columns) in &normalized.tables {
                assert!(columns.columns.iter().all(|(_, column)| rows(column) == columns.rows), "{table}: {text:?}");
            }
        });
    }
});
