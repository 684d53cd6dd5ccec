//! A search that needs more memory than searches have that run beside others runs again alone.
#![allow(clippy::unwrap_used, reason = "a test may stop")]

mod common;

use std::sync::{Arc, Mutex};

use common::detection;
use content::Content;
use detect::{DispatchWindow, Ended, Job, Reads, Running};
use engine::{Engine, Options};
use lake::MemoryTables;

/// By job: the number of rows that were handed over, each time that any were; and how it went.
fn run(options: Options) -> (Vec<(usize, usize)>, Vec<bool>) {
    let many = "| makeresults count=20000 | streamstats count as n | eval text=\"a text of some length\".n | stats count by text";
    let content =
        Content::load(vec![detection("aa", "| makeresults"), detection("bb", many), detection("cc", "| makeresults")]);
    let names = detect::names_of(&content);
    let compiled = detect::compile(&content, &names, &content.detections);
    let stores = detect::stores_of(&content, names, None);
    let engine = Engine::new(Arc::new(MemoryTables::default()), options).unwrap().with_stores(stores);
    let window = DispatchWindow { scheduled: 0, earliest: None, latest: None };
    let pairs = content.detections.iter().zip(&compiled);
    let jobs: Vec<Job<'_>> = pairs.map(|(detection, compiled)| Job { detection, compiled, window }).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    let handed = Mutex::new(Vec::new());
    let ended = |ended: &Ended<'_, '_>| handed.lock().unwrap().push((ended.number, ended.rows.len()));
    let running = Running { threads: 2, runtime: runtime.handle(), ended: &ended };
    let report = detect::run(&engine, Reads::Tables, &jobs, running);
    let mut handed = handed.into_inner().unwrap();
    handed.sort_unstable();
    (handed, report.runs.iter().map(|run| run.error.is_some()).collect())
}

#[test]
fn with_little_to_share_the_rows_are_the_same_and_are_handed_over_once() {
    let free = run(Options::default());
    assert_eq!(free, (vec![(0, 1), (1, 20_000), (2, 1)], vec![false; 3]));
    let little = Options { shared_memory: Some(256 << 10), ..Options::default() };
    assert_eq!(run(little), free);
}

#[test]
fn with_little_in_all_it_fails() {
    let little = Options { memory_limit: Some(256 << 10), ..Options::default() };
    assert_eq!(run(little), (vec![(0, 1), (1, 0), (2, 1)], vec![false, true, false]));
}
