//! Real event logs, read through `WEIR_DATA`.
#![allow(clippy::unwrap_used, reason = "a test's helpers may panic")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use event::{Column, Columns, DecodeOptions};
use normalize::{Needs, Normalizer, TableId};

/// All files below a folder, sorted.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            files(&entry, found);
        } else {
            found.push(entry);
        }
    }
}

/// Count the events of a table by channel and event code.
fn count_codes(table: &Columns, codes: &mut BTreeMap<(String, String), usize>) {
    let value = |name: &str, row: usize| match table.columns.iter().find(|(known, _)| known == name) {
        Some((_, Column::Text(column))) => column.get(row).unwrap_or("").to_owned(),
        _ => String::new(),
    };
    for row in 0..table.rows {
        *codes.entry((value("Channel", row).to_lowercase(), value("EventCode", row))).or_default() += 1;
    }
}

#[test]
fn every_event_is_recognised_and_datasets_hold_what_the_event_codes_say() {
    let Some(folder) = std::env::var_os("WEIR_DATA") else {
        eprintln!("skipped: WEIR_DATA is not set");
        return;
    };
    let mut paths = Vec::new();
    files(&Path::new(&folder).join("evtx"), &mut paths);
    let (normalizer, _) = Normalizer::new(&[], &mut diag::Files::default());
    let needs = Needs {
        datasets: None,
        events: Some(Some(["EventCode", "Channel"].map(str::to_owned).into())),
        metrics: false,
    };
    let mut rows: BTreeMap<String, usize> = BTreeMap::new();
    let mut codes: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut without_time = 0;
    for path in paths {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.display().to_string();
        event::decode(&name.as_str().into(), &bytes, &DecodeOptions::default(), &mut |batch| {
            let normalized = normalizer.normalize(&batch, &needs);
            assert_eq!(normalized.unrecognized, 0, "{name}");
            without_time += normalized.without_time;
            for (id, table) in &normalized.tables {
                *rows.entry(id.to_string()).or_default() += table.rows;
                if matches!(id, TableId::Events(_)) {
                    count_codes(table, &mut codes);
                }
            }
        });
    }
    let count = |channel: &str, ids: &[&str]| -> usize {
        ids.iter().filter_map(|id| codes.get(&(channel.to_owned(), (*id).to_owned()))).sum()
    };
    let sysmon = |ids: &[&str]| count("microsoft-windows-sysmon/operational", ids);
    let security = |ids: &[&str]| count("security", ids);
    assert_eq!(without_time, 0);
    assert_eq!(rows["Endpoint.Processes"], sysmon(&["1"]) + security(&["4688"]));
    assert_eq!(rows["Endpoint.Filesystem"], sysmon(&["2", "11", "15", "23", "26"]));
    assert_eq!(rows["Endpoint.Registry"], sysmon(&["12", "13", "14"]) + security(&["4657"]));
    assert_eq!(rows["Network_Traffic.All_Traffic"], sysmon(&["3"]));
    assert!(rows["Endpoint.Processes"] > 500);
}
