//! Runs the golden files under `tests/spl`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use engine::{Engine, Options, Results, Window};
use lake::MemoryTables;
use normalize::TableId;
use serde_json::{Map, Value as Json};
use spl::value::Value;
use testkit::{Answer, BlockName, Case, Cell, Golden};

/// `now()` of every golden search: 2023-11-14 22:13:20.25 UTC.
const NOW: i64 = 1_700_000_000_250_000;

#[test]
fn searches_give_their_answers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/spl");
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let checked = testkit::check_folder(&folder, &mut |golden, case| runtime.block_on(answer(golden, case)));
    match checked {
        Ok(cases) => assert!(cases > 0, "no golden file in {}", folder.display()),
        Err(failures) => {
            failures.iter().for_each(|failure| eprintln!("{failure}"));
            panic!("{} golden cases differ", failures.len());
        }
    }
}

async fn answer(golden: &Golden, case: &Case) -> Result<Answer, String> {
    let parsed = spl::parse(&case.search);
    if let Some(diagnostic) = parsed.diagnostics.first() {
        return Err(diagnostic.message.clone());
    }
    let checked = plan::check(&parsed.pipeline, &case.search, &plan::Names::default());
    let Some(plan) = checked.plan else {
        return Err(checked.diagnostics.first().map(|diagnostic| diagnostic.message.clone()).unwrap_or_default());
    };
    let engine = Engine::new(Arc::new(tables(golden)?), Options::default()).map_err(|error| chain(&error))?;
    let window = Window { earliest: None, latest: None, now: NOW };
    let results = engine.run(&plan, &window).await.map_err(|error| chain(&error))?;
    table(&results)
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

fn tables(golden: &Golden) -> Result<MemoryTables, String> {
    let mut tables = MemoryTables::default();
    for block in &golden.blocks {
        let mut rows: BTreeMap<TableId, Vec<Map<String, Json>>> = BTreeMap::new();
        for row in &block.rows {
            let id = match &block.name {
                BlockName::Dataset(name) => TableId::Dataset(dataset(name)?),
                BlockName::Metrics => TableId::Metrics,
                BlockName::Events => {
                    let sourcetype = row.get("sourcetype").and_then(Json::as_str).unwrap_or("test");
                    TableId::Events(sourcetype.to_owned())
                }
            };
            rows.entry(id).or_default().push(row.clone());
        }
        let columns = rows.into_iter().map(|(id, rows)| (id, testkit::columns_of(&rows))).collect();
        tables.add(columns).map_err(|error| chain(&error))?;
    }
    Ok(tables)
}

fn dataset(name: &str) -> Result<cim::DatasetId, String> {
    let (model, dataset) = name.split_once('.').ok_or("a dataset is written MODEL.DATASET")?;
    cim::find_dataset(model, dataset).map(|dataset| dataset.id).ok_or_else(|| format!("no dataset `{name}`"))
}

fn table(results: &Results) -> Result<Answer, String> {
    let columns: Vec<String> = results.schema.fields().iter().map(|field| field.name().clone()).collect();
    let rows = results.rows().map_err(|error| chain(&error))?;
    let cells = |row: &spl::value::Row| columns.iter().map(|name| cell(row.get(name))).collect();
    Ok(Answer { rows: rows.iter().map(cells).collect(), columns })
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Multi(values) => Cell::Many(values.iter().filter_map(Value::to_text).map(Into::into).collect()),
        value => Cell::One(value.to_text().unwrap_or_default().into_owned()),
    }
}
