//! Searches keep within the memory that they may hold: a grouping spills, and gives the same rows; rows that do not fit are an error.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::{Engine, EngineError, Options, Window};
use event::{Column, Columns, TextColumn};
use lake::MemoryTables;
use normalize::TableId;
use spl::value::Row;

const ROWS: usize = 60_000;

fn run(search: &str, memory_limit: Option<usize>) -> Result<Vec<Row>, EngineError> {
    let mut values = TextColumn::default();
    (0..ROWS).for_each(|row| values.push(Some(&format!("C:\\Windows\\System32\\program-{row}.exe"))));
    let times = (0..ROWS).map(|row| i64::try_from(row).unwrap()).collect();
    let columns = vec![("v".to_owned(), Column::Text(values)), ("_time".to_owned(), Column::Time(times))];
    let mut tables = MemoryTables::default();
    let rows = Columns { rows: ROWS, columns };
    tables.add(BTreeMap::from([(TableId::Events("log".to_owned()), rows)])).unwrap();
    let engine = Engine::new(Arc::new(tables), Options { memory_limit, ..Options::default() }).unwrap();
    let plan = plan::check(&spl::parse(search).pipeline, search, &plan::Names::default()).plan.unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { engine.run(&plan, &Window::default()).await?.rows() })
}

#[test]
fn a_grouping_spills() {
    let search = "v=* | stats count values(v) as all by v | stats sum(count) as n dc(all) as all";
    let free = run(search, None).unwrap();
    assert_eq!(free.len(), 1);
    assert_eq!(run(search, Some(32 << 20)).unwrap(), free);
}

#[test]
fn rows_are_counted_once() {
    // A grouping hands its rows over in slices of one large batch.
    let found = run("v=* | stats count by v", Some(96 << 20)).unwrap();
    assert_eq!(found.len(), ROWS);
}

#[test]
fn rows_that_do_not_fit_are_an_error() {
    match run("v=* | table v _time", Some(4 << 20)) {
        Err(EngineError::Memory { limit, .. }) => assert_eq!(limit, 4 << 20),
        other => panic!("{:?}", other.map(|rows| rows.len())),
    }
}
