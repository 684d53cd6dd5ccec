//! What holds for any events.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic")]

use std::sync::{Arc, LazyLock};

use event::{Column, Columns, EventBatch, EventHead, Format, TextRef};
use normalize::{Needs, Normalizer, TableId};
use proptest::prelude::*;

/// Field names that packs look at, and others.
const NAMES: &[&str] = &[
    "Channel",
    "EventID",
    "EventCode",
    "Computer",
    "Image",
    "CommandLine",
    "UtcTime",
    "SystemTime",
    "User",
    "Details",
    "TargetObject",
    "QueryResults",
    "EventType",
    "Hashes",
    "tag",
    "host",
    "other",
    "process_name",
    "winlog.channel",
    "winlog.event_id",
    "winlog.event_data.Image",
    "event_simpleName",
    "aid",
];

/// Values that lead somewhere, and any text.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Microsoft-Windows-Sysmon/Operational".to_owned()),
        Just("Security".to_owned()),
        Just("ProcessRollup2".to_owned()),
        (0..30u32).prop_map(|code| code.to_string()),
        prop_oneof![Just("4688"), Just("4624"), Just("4720")].prop_map(str::to_owned),
        Just("2024-03-05 10:11:12.345".to_owned()),
        r#"[a-zA-Z0-9\\/;:"' .=%\n-]{1,20}"#,
        "\\PC{1,6}",
    ]
}

fn events() -> impl Strategy<Value = Vec<Vec<(usize, String)>>> {
    prop::collection::vec(prop::collection::vec((0..NAMES.len(), value()), 0..12), 0..6)
}

fn batch(events: &[Vec<(usize, String)>], format: Format) -> EventBatch {
    let mut batch = EventBatch::of_file(Arc::from("f"));
    let add = |batch: &mut EventBatch, text: &str| {
        let start = u32::try_from(batch.text.len()).unwrap();
        batch.text.push_str(text);
        TextRef { start, len: u32::try_from(text.len()).unwrap() }
    };
    for (at, fields) in events.iter().enumerate() {
        let raw = add(&mut batch, &format!("raw {at}"));
        let first_field = u32::try_from(batch.fields.len()).unwrap();
        for (name, value) in fields {
            let id = batch.names.intern(NAMES[*name]).unwrap();
            let value = add(&mut batch, value);
            batch.fields.push((id, value));
        }
        let field_count = u32::try_from(fields.len()).unwrap();
        batch.events.push(EventHead { raw, first_field, field_count, format, ..EventHead::default() });
    }
    batch
}

/// Reading the packs takes longer than a case.
static NORMALIZER: LazyLock<Normalizer> = LazyLock::new(|| Normalizer::new(&[], &mut diag::Files::default()).0);

fn column<'c>(table: &'c Columns, name: &str) -> &'c Column {
    &table.columns.iter().find(|(known, _)| known == name).unwrap().1
}

fn rows(column: &Column) -> usize {
    match column {
        Column::Text(column) => {
            assert_eq!(column.validity.len(), column.rows().div_ceil(8));
            assert_eq!((0..column.rows()).filter(|row| column.get(*row).is_none()).count(), column.nulls);
            column.rows()
        }
        Column::Multi(column) => column.rows(),
        Column::Time(times) => times.len(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_event_and_no_text_is_lost(events in events(), format in 0..3usize) {
        let format = [Format::Evtx, Format::Json, Format::ClassicWindowsEvent][format];
        let batch = batch(&events, format);
        let needs = Needs::all();
        let normalized = NORMALIZER.normalize(&batch, &needs);

        prop_assert_eq!(&normalized.tables, &NORMALIZER.normalize(&batch, &needs).tables);
        prop_assert_eq!(normalized.by_sourcetype.values().sum::<u64>(), events.len() as u64);
        let mut raw = Vec::new();
        for (id, table) in &normalized.tables {
            for (name, column) in &table.columns {
                prop_assert_eq!(rows(column), table.rows, "{} {}", id, name);
            }
            if matches!(id, TableId::Events(_)) {
                let Column::Text(column) = column(table, "_raw") else { panic!("_raw is text") };
                raw.extend((0..table.rows).map(|row| column.get(row).unwrap().to_owned()));
            }
        }
        raw.sort();
        prop_assert_eq!(raw, (0..events.len()).map(|at| format!("raw {at}")).collect::<Vec<_>>());
    }

    #[test]
    fn asking_for_less_changes_nothing_of_the_rest(events in events()) {
        let batch = batch(&events, Format::Evtx);
        let all = NORMALIZER.normalize(&batch, &Needs::all());
        let id = cim::find_dataset("Endpoint", "Registry").unwrap().id;
        let fields = ["CommandLine", "dest"].map(str::to_owned).into();
        let some = NORMALIZER.normalize(&batch, &Needs { datasets: Some([id].into()), events: Some(Some(fields)), ..Needs::default() });
        let registry = TableId::Dataset(id);
        prop_assert_eq!(all.tables.get(&registry), some.tables.get(&registry));
        prop_assert!(some.tables.keys().all(|id| matches!(id, TableId::Events(_)) || *id == registry));
        prop_assert_eq!((all.by_sourcetype, all.time_range), (some.by_sourcetype, some.time_range));
        for (id, table) in some.tables.iter().filter(|(id, _)| matches!(id, TableId::Events(_))) {
            for (name, column) in &table.columns {
                let full = all.tables[id].columns.iter().find(|(known, _)| known == name);
                prop_assert_eq!(full.map(|(_, column)| column), Some(column));
            }
        }
    }
}
