use std::collections::BTreeMap;

use datafusion::prelude::SessionContext;
use event::{Column, Columns, MultiColumn, TextColumn};
use normalize::TableId;

use super::MemoryTables;
use crate::Tables;

fn text(values: &[Option<&str>]) -> Column {
    let mut column = TextColumn::default();
    values.iter().for_each(|value| column.push(*value));
    Column::Text(column)
}

fn columns(rows: usize, columns: Vec<(&str, Column)>) -> BTreeMap<TableId, Columns> {
    let columns = columns.into_iter().map(|(name, column)| (name.to_owned(), column)).collect();
    BTreeMap::from([(TableId::Events("t".to_owned()), Columns { rows, columns })])
}

async fn check(batches: Vec<BTreeMap<TableId, Columns>>, expected: &[&str]) {
    let mut tables = MemoryTables::default();
    for batch in batches {
        tables.add(batch).unwrap();
    }
    assert_eq!(tables.sourcetypes().await.unwrap(), ["t"]);
    let table = tables.table(&TableId::Events("t".to_owned())).await.unwrap().unwrap();
    let batches = SessionContext::new().read_table(table).unwrap().collect().await.unwrap();
    let printed = datafusion::arrow::util::pretty::pretty_format_batches(&batches).unwrap().to_string();
    let lines: Vec<&str> = printed.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(lines, expected, "{printed}");
}

#[tokio::test]
async fn batches_become_one_table() {
    let mut multi = MultiColumn::default();
    multi.push(["x", "y"]);
    multi.push([]);
    check(
        vec![
            columns(2, vec![("a", text(&[Some("1"), None])), ("_time", Column::Time(vec![0, 1]))]),
            columns(
                2,
                vec![("a", Column::Multi(multi)), ("b", text(&[Some(""), None])), ("_time", Column::Time(vec![2, 3]))],
            ),
        ],
        &[
            "| a      | _time                       | b |",
            "| [1]    | 1970-01-01T00:00:00Z        |   |",
            "|        | 1970-01-01T00:00:00.000001Z |   |",
            "| [x, y] | 1970-01-01T00:00:00.000002Z |   |",
            "|        | 1970-01-01T00:00:00.000003Z |   |",
        ],
    )
    .await;
}

#[tokio::test]
async fn a_table_never_filled_is_none() {
    let tables = MemoryTables::default();
    assert!(tables.table(&TableId::Events("t".to_owned())).await.unwrap().is_none());
}

#[test]
fn columns_of_other_length_are_refused() {
    let error = MemoryTables::default().add(columns(3, vec![("a", text(&[None]))])).unwrap_err();
    assert_eq!(error.to_string(), "column `a` cannot be stored");
}
