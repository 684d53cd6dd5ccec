//! Runs the golden files under `tests/spl`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use engine::lookup::{Computed, LookupDefinition, LookupKind, LookupTable, MatchType, MemoryLookups, TimeBound};
use engine::{Engine, Geo, Options, Results, Stores, Window};
use lake::MemoryTables;
use normalize::TableId;
use serde_json::{Map, Value as Json};
use spl::value::Value;
use testkit::{Answer, BlockName, Case, Cell, Golden, LookupBlock};

/// `now()` of every golden search: 2023-11-14 22:13:20.25 UTC.
const NOW: i64 = 1_700_000_000_250_000;

const SHANNON: &str = "ut_shannon_lookup";

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
    let names = Arc::new(names(golden));
    let checked = plan::check(&parsed.pipeline, &case.search, &names);
    let Some(plan) = checked.plan else {
        return Err(checked.diagnostics.first().map(|diagnostic| diagnostic.message.clone()).unwrap_or_default());
    };
    let engine = Engine::new(Arc::new(tables(golden)?), Options::default()).map_err(|error| chain(&error))?;
    let engine = engine.with_stores(stores(golden, names)?);
    let micros = |seconds: i64| seconds * 1_000_000;
    let window = golden.window.map(|(earliest, latest)| (micros(earliest), micros(latest)));
    let window = Window { earliest: window.map(|(from, _)| from), latest: window.map(|(_, to)| to), now: NOW };
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
                BlockName::Geo => continue,
            };
            rows.entry(id).or_default().push(row.clone());
        }
        let columns = rows.into_iter().map(|(id, rows)| (id, testkit::columns_of(&rows))).collect();
        tables.add(columns).map_err(|error| chain(&error))?;
    }
    Ok(tables)
}

fn names(golden: &Golden) -> plan::Names {
    let mut names = plan::Names { locations: true, ..plan::Names::default() };
    let columns = Computed::Shannon.columns().map(str::to_owned).to_vec();
    let shannon = plan::LookupSchema { fields: Some(columns), computed: true, ..plan::LookupSchema::default() };
    names.lookups.insert(SHANNON.to_owned(), shannon);
    for block in &golden.lookups {
        let columns = LookupTable::from_csv(&block.csv).columns().map(str::to_owned).collect();
        let schema = plan::LookupSchema { fields: Some(columns), ..plan::LookupSchema::default() };
        names.lookups.insert(block.name.clone(), schema);
    }
    names
}

/// Every case has lookups of its own: what one writes, the next does not see.
fn stores(golden: &Golden, names: Arc<plan::Names>) -> Result<Stores, String> {
    let mut lookups = MemoryLookups::default();
    let shannon = LookupKind::Computed(Computed::Shannon);
    lookups.define(SHANNON, LookupDefinition { kind: shannon, ..LookupDefinition::file(SHANNON) });
    for block in &golden.lookups {
        lookups.define(block.name.clone(), definition(block)?);
        lookups.set_csv(block.name.clone(), block.csv.as_str());
    }
    let places = golden.blocks.iter().find(|block| block.name == BlockName::Geo);
    let geo = places.map(|places| Geo::new(testkit::mmdb(&places.rows)?).map_err(|error| chain(&error))).transpose()?;
    Ok(Stores::new(names, Arc::new(lookups), geo.map(Arc::new)))
}

fn definition(block: &LookupBlock) -> Result<LookupDefinition, String> {
    let mut definition = LookupDefinition::file(block.name.clone());
    if block.is_collection {
        let fields = LookupTable::from_csv(&block.csv).columns().map(str::to_owned).collect();
        definition.kind = LookupKind::Collection { fields };
    }
    let number = |value: &str| value.parse::<usize>().map_err(|error| error.to_string());
    let seconds = |value: &str| value.parse::<i64>().map_err(|error| error.to_string());
    let mut time = TimeBound { field: String::new(), format: None, min_offset: 0, max_offset: 2_000_000_000 };
    for (key, value) in &block.settings {
        match key.as_str() {
            "match_type" => definition.match_types = value.split(',').map(match_type).collect::<Result<_, _>>()?,
            "case_sensitive_match" => definition.case_sensitive = value == "true",
            "min_matches" => definition.min_matches = number(value)?,
            "max_matches" => definition.max_matches = Some(number(value)?),
            "default_match" => definition.default_match.clone_from(value),
            "time_field" => time.field.clone_from(value),
            "time_format" => time.format = Some(value.clone()),
            "min_offset_secs" => time.min_offset = seconds(value)?,
            "max_offset_secs" => time.max_offset = seconds(value)?,
            _ => return Err(format!("`{key}` is no setting of a lookup")),
        }
    }
    definition.time = Some(time).filter(|time| !time.field.is_empty());
    Ok(definition)
}

fn match_type(written: &str) -> Result<(MatchType, String), String> {
    match written.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
        Some(("WILDCARD", field)) => Ok((MatchType::Wildcard, field.to_owned())),
        Some(("CIDR", field)) => Ok((MatchType::Cidr, field.to_owned())),
        _ => Err(format!("`{written}` is no match type")),
    }
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
