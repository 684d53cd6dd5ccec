//! A window is half-open, over tables in memory and in Delta Lake alike.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails panics"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::{Engine, Options, Window};
use event::{Column, Columns, MultiColumn, TextColumn};
use lake::{FileRows, Lake, MemoryTables, Tables};
use normalize::TableId;

const DAY: i64 = 86_400_000_000;

fn id() -> TableId {
    TableId::Events("web".to_owned())
}

fn rows(column: Column, times: &[i64]) -> Columns {
    let columns = vec![("v".to_owned(), column), ("_time".to_owned(), Column::Time(times.to_vec()))];
    Columns { rows: times.len(), columns }
}

fn files() -> Vec<Columns> {
    let mut text = TextColumn::default();
    ["a", "b"].iter().for_each(|value| text.push(Some(value)));
    let mut multi = MultiColumn::default();
    multi.push(["b", "c"]);
    vec![rows(Column::Text(text), &[0, DAY]), rows(Column::Multi(multi), &[2 * DAY])]
}

async fn check(tables: Arc<dyn Tables>) {
    let engine = Engine::new(tables, Options::default()).unwrap();
    let cases = [
        (None, None, "v=*", 3.0),
        (Some(DAY), None, "v=*", 2.0),
        (None, Some(DAY), "v=*", 1.0),
        (Some(DAY), Some(2 * DAY), "v=*", 1.0),
        (Some(DAY), Some(DAY), "v=*", 0.0),
        (None, None, "v=B", 2.0),
        (None, None, "NOT v=b", 1.0),
    ];
    for (earliest, latest, terms, expected) in cases {
        let search = format!("{terms} | stats count");
        let plan = plan::check(&spl::parse(&search).pipeline, &search, &plan::Names::default()).plan.unwrap();
        let results = engine.run(&plan, &Window { earliest, latest, now: 0 }).await.unwrap();
        let count = results.rows().unwrap()[0].get("count").as_number();
        assert_eq!(count, Some(expected), "{search} in {earliest:?}..{latest:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_memory() {
    let mut tables = MemoryTables::default();
    for columns in files() {
        tables.add(BTreeMap::from([(id(), columns)])).unwrap();
    }
    check(Arc::new(tables)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_delta_lake() {
    let folder = tempfile::tempdir().unwrap();
    let lake = Lake::open(folder.path().to_str().unwrap(), BTreeMap::new()).unwrap();
    for (at, columns) in files().into_iter().enumerate() {
        let file = FileRows { content_hash: at.to_string(), rows: vec![columns] };
        lake.append(&id(), vec![file]).await.unwrap();
    }
    check(Arc::new(lake)).await;
}
