//! What searches of one run write to lookups: each sees its own, and together they come out in the order of the jobs.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop")]

mod common;

use std::sync::Arc;

use common::detection;
use content::{Content, SourceFile};
use detect::{DispatchWindow, Job, Reads, Running};
use engine::{Engine, Options};
use lake::MemoryTables;

/// The rows of `seen.csv` after a run, the rows that each search gave, and the lookups that it wrote.
fn run(threads: usize) -> (Vec<String>, Vec<usize>, Vec<usize>) {
    let append = |by: &str| {
        format!(
            "| inputlookup seen.csv | eval by=\"{by}\" | outputlookup append=t seen.csv | inputlookup append=t seen.csv"
        )
    };
    let failing = "| inputlookup seen.csv | outputlookup seen.csv | iplocation by";
    let files = vec![
        SourceFile { path: "e/lookups/seen.csv".to_owned(), text: "by\nnobody\n".to_owned() },
        detection("aa", &append("a")),
        detection("bb", &append("b")),
        detection("cc", failing),
        detection("dd", &append("d")),
    ];
    let content = Content::load(files);
    let names = detect::names_of(&content);
    let compiled = detect::compile(&content, &names, &content.detections);
    let stores = detect::stores_of(&content, names, None);
    let engine = Engine::new(Arc::new(MemoryTables::default()), Options::default()).unwrap().with_stores(stores);
    let window = DispatchWindow { scheduled: 0, earliest: None, latest: None };
    let pairs = content.detections.iter().zip(&compiled);
    let jobs: Vec<Job<'_>> = pairs.map(|(detection, compiled)| Job { detection, compiled, window }).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    let report =
        detect::run(&engine, Reads::Tables, &jobs, Running { threads, runtime: runtime.handle(), ended: &|_| {} });
    let failed: Vec<bool> = report.runs.iter().map(|run| run.error.is_some()).collect();
    assert_eq!(failed, [false, false, true, false]);
    let table = engine.stores().lookups.get("seen.csv").unwrap().unwrap().table;
    let rows = (0..table.len()).map(|row| table.value(row, 0).values().collect::<String>()).collect();
    let given = report.runs.iter().map(|run| run.row_count).collect();
    (rows, given, report.runs.iter().map(|run| run.written.len()).collect())
}

#[test]
fn searches_do_not_see_each_other_and_all_is_kept_in_order() {
    let expected = (
        ["nobody", "a", "b", "d"].map(str::to_owned).to_vec(),
        // The row that was there, and behind it the table as the search itself left it.
        vec![3, 3, 0, 3],
        vec![1, 1, 0, 1],
    );
    assert_eq!(run(1), expected);
    assert_eq!(run(4), expected);
}
