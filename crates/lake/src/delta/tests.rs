use std::collections::BTreeMap;

use datafusion::prelude::SessionContext;
use event::{Column, Columns, MultiColumn, TextColumn};
use normalize::TableId;

use super::{Appended, FileRows, Lake, decode, encode};
use crate::Tables;

fn events() -> TableId {
    TableId::Events("aws:cloudtrail".to_owned())
}

fn file(hash: &str, name: &str, column: Column, days: &[i64]) -> FileRows {
    let times = days.iter().map(|day| day * super::MICROS_A_DAY).collect();
    let columns = vec![(name.to_owned(), column), ("_time".to_owned(), Column::Time(times))];
    FileRows { content_hash: hash.to_owned(), rows: vec![Columns { rows: days.len(), columns }] }
}

fn text(values: &[&str]) -> Column {
    let mut column = TextColumn::default();
    values.iter().for_each(|value| column.push(Some(value)));
    Column::Text(column)
}

async fn check(lake: &Lake, sql: &str, expected: &[&str]) {
    let table = lake.table(&events()).await.unwrap().unwrap();
    let context = SessionContext::new();
    context.register_table("t", table).unwrap();
    let batches = context.sql(sql).await.unwrap().collect().await.unwrap();
    let printed = datafusion::arrow::util::pretty::pretty_format_batches(&batches).unwrap().to_string();
    let lines: Vec<&str> = printed.lines().filter(|line| line.starts_with('|')).skip(1).collect();
    assert_eq!(lines, expected, "{printed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_stored_once_and_columns_are_added() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_str().unwrap();
    let lake = Lake::open(root, BTreeMap::new()).unwrap();
    assert!(lake.table(&events()).await.unwrap().is_none());
    let first = file("h1", "a", text(&["1", "2"]), &[0, 1]);
    assert_eq!(lake.append(&events(), vec![first.clone()]).await.unwrap(), Appended { rows: 2, known_files: 0 });
    let second = file("h2", "b", text(&["3"]), &[1]);
    assert_eq!(lake.append(&events(), vec![first, second]).await.unwrap(), Appended { rows: 1, known_files: 1 });
    check(
        &lake,
        "select a, b, _date from t order by a",
        &["| 1 |   | 1970-01-01 |", "| 2 |   | 1970-01-02 |", "|   | 3 | 1970-01-02 |"],
    )
    .await;
    // Another process sees the same.
    let again = Lake::open(root, BTreeMap::new()).unwrap();
    assert_eq!(again.sourcetypes().await.unwrap(), ["aws:cloudtrail"]);
    again.compact(&events(), &["a"]).await.unwrap();
    check(&again, "select count(*) from t", &["| 3        |"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_that_meet_text_are_kept_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let lake = Lake::open(folder.path().to_str().unwrap(), BTreeMap::new()).unwrap();
    lake.append(&events(), vec![file("h1", "a", text(&["1"]), &[0])]).await.unwrap();
    let mut multi = MultiColumn::default();
    multi.push(["x", "y"]);
    lake.append(&events(), vec![file("h2", "a", Column::Multi(multi), &[0])]).await.unwrap();
    check(&lake, "select a, \"a~multi\" from t order by a", &["| 1 |         |", "|   | [x, y]  |"]).await;
}

#[test]
fn folders_give_sourcetypes_back() {
    for name in ["XmlWinEventLog", "aws:cloudtrail", "a/b ~c", "Prozeß"] {
        assert_eq!(decode(&encode(name)), name);
        assert!(encode(name).is_ascii());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_in_the_order_of_time_and_small_files_are_put_together() {
    let folder = tempfile::tempdir().unwrap();
    let lake = Lake::open(folder.path().to_str().unwrap(), BTreeMap::new()).unwrap();
    for number in 0..20 {
        let later = file(&format!("a{number}"), "a", text(&["x"]), &[0]);
        lake.append(&events(), vec![later]).await.unwrap();
    }
    lake.tidy().await.unwrap();
    let table = lake.load(&events()).await.unwrap().unwrap();
    assert_eq!(table.snapshot().unwrap().log_data().num_files(), 1);
    let mut mixed = file("b", "a", text(&["2", "1", "3"]), &[1, 1, 1]);
    if let Some((_, Column::Time(times))) = mixed.rows[0].columns.last_mut() {
        // In one day, so in one file.
        times.iter_mut().zip([10, 5, 10]).for_each(|(time, later)| *time += later);
    }
    lake.append(&events(), vec![mixed]).await.unwrap();
    check(&lake, "select a from t where a <> 'x'", &["| 1 |", "| 2 |", "| 3 |"]).await;
}
