//! Decoding, and decoding with normalising, on real event logs: the difference is what normalising costs.
//!
//! `WEIR_DATA=… cargo bench -p normalize`; without `WEIR_DATA` nothing is measured.
#![allow(clippy::print_stderr, reason = "a skipped benchmark says so")]

use std::path::Path;
use std::sync::Arc;

use event::{DecodeOptions, EventBatch};
use normalize::{Needs, Normalizer};

fn main() {
    divan::main();
}

/// The largest event logs with Sysmon and Security events, read into memory.
fn files() -> Vec<(Arc<str>, Vec<u8>)> {
    let Some(folder) = std::env::var_os("WEIR_DATA") else {
        eprintln!("skipped: WEIR_DATA is not set");
        return Vec::new();
    };
    let evtx = Path::new(&folder).join("evtx");
    let names = [
        "AutomatedTestingTools/PanacheSysmon_vs_AtomicRedTeam01.evtx",
        "Persistence/persistence_sysmon_11_13_1_shime_appfix.evtx",
        "UACME_59_Sysmon.evtx",
    ];
    names.iter().filter_map(|name| Some(((*name).into(), std::fs::read(evtx.join(name)).ok()?))).collect()
}

fn decode(files: &[(Arc<str>, Vec<u8>)], mut sink: impl FnMut(EventBatch)) {
    for (name, bytes) in files {
        event::decode(name, bytes, &DecodeOptions::default(), &mut sink);
    }
}

fn normalizer() -> Normalizer {
    Normalizer::new(&[], &mut diag::Files::default()).0
}

#[divan::bench]
fn decode_only(bencher: divan::Bencher<'_, '_>) {
    let files = files();
    bencher.bench_local(|| {
        let mut events = 0;
        decode(&files, |batch| events += batch.events.len());
        events
    });
}

#[divan::bench]
fn decode_and_normalize(bencher: divan::Bencher<'_, '_>) {
    let files = files();
    let normalizer = normalizer();
    bencher.bench_local(|| {
        let mut rows = 0;
        decode(&files, |batch| {
            let normalized = normalizer.normalize(&batch, &Needs::default());
            rows += normalized.tables.values().map(|table| table.rows).sum::<usize>();
        });
        rows
    });
}

#[divan::bench]
fn normalize_only(bencher: divan::Bencher<'_, '_>) {
    let mut batches = Vec::new();
    decode(&files(), |batch| batches.push(batch));
    let normalizer = normalizer();
    bencher.bench_local(|| {
        let normalized = batches.iter().map(|batch| normalizer.normalize(batch, &Needs::default()));
        normalized.map(|normalized| normalized.tables.len()).sum::<usize>()
    });
}
