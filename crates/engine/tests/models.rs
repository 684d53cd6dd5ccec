//! Models from search to search: fitted in one, applied, looked at and deleted in others.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;

use engine::{Engine, Options, Stores, Window};
use lake::MemoryTables;
use normalize::TableId;
use plan::{FittedModel, Names};
use serde_json::{Map, Value as Json, json};

fn tables() -> MemoryTables {
    let ann = [1.0, 2.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 4.0, 4.5];
    let rows = ann.iter().map(|n| ("ann", *n)).chain([("bob", 5.0), ("bob", 5.0)]).zip(0..);
    let row = |((user, n), time): ((&str, f64), i64)| -> Map<String, Json> {
        let row = json!({"_time": 100 - time, "user": user, "n": n.to_string(), "sourcetype": "test"});
        row.as_object().cloned().unwrap_or_default()
    };
    let rows: Vec<Map<String, Json>> = rows.map(row).collect();
    let mut tables = MemoryTables::default();
    tables.add(BTreeMap::from([(TableId::Events("test".to_owned()), testkit::columns_of(&rows))])).unwrap();
    tables
}

/// Searches over the same stores.
struct Searches {
    tables: Arc<MemoryTables>,
    stores: Stores,
}

impl Searches {
    fn new() -> Self {
        let mut names = Names::default();
        let known = FittedModel { baseline: "Baseline Of N".to_owned(), ..FittedModel::default() };
        names.fitted.insert("never".to_owned(), known);
        Self { tables: Arc::new(tables()), stores: Stores { names: Arc::new(names), ..Stores::default() } }
    }

    /// The rows as `field=value`, or the error.
    fn run(&self, search: &str, stores: &Stores) -> Result<Vec<String>, String> {
        let parsed = spl::parse(search);
        let plan = plan::check(&parsed.pipeline, search, &Names::default()).plan.expect(search);
        let engine = Engine::new(Arc::clone(&self.tables) as Arc<dyn lake::Tables>, Options::default()).unwrap();
        let engine = engine.with_stores(stores.clone());
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let results = runtime.block_on(engine.run(&plan, &Window::default())).map_err(|error| chain(&error))?;
        let columns: Vec<String> = results.schema.fields().iter().map(|field| field.name().clone()).collect();
        let rows = results.rows().map_err(|error| chain(&error))?;
        let shown = |row: &spl::value::Row| {
            let cells = columns.iter().filter_map(|name| Some(format!("{name}={}", row.get(name).to_text()?)));
            cells.collect::<Vec<_>>().join(" ")
        };
        Ok(rows.iter().map(shown).collect())
    }

    #[track_caller]
    fn check(&self, search: &str, expected: &[&str]) {
        assert_eq!(self.run(search, &self.stores).unwrap(), expected, "{search}");
    }

    #[track_caller]
    fn fails(&self, search: &str, message: &str) {
        assert_eq!(self.run(search, &self.stores).unwrap_err(), message, "{search}");
    }
}

fn chain(error: &dyn Error) -> String {
    let source = error.source().map(|source| format!(": {}", chain(source)));
    format!("{error}{}", source.unwrap_or_default())
}

#[test]
fn a_model_outlives_its_search() {
    let searches = Searches::new();
    searches.fails("| summary never", "model `never` has not been fitted: the baseline `Baseline Of N` fits it");
    searches.fails("* | apply app:other", "model `other` has not been fitted: run a search with `fit … into` first");
    searches.check("| listmodels", &[]);
    searches.check("* | fit DensityFunction n by user into app:m dist=norm | where user=\"carol\"", &[]);
    searches.check(
        "* | apply m threshold=0.2 | where 'IsOutlier(n)'=1 | table user n BoundaryRanges",
        &["user=ann n=21 BoundaryRanges=-Infinity:-1.232:0.1\n13.932:Infinity:0.1"],
    );
    searches.check(
        "| summary m | eval std=round(std, 6), distance=substr(distance, 1, 37)",
        &[
            "user=ann type=Normal min=1 max=21 mean=6.35 std=5.916291 cardinality=10 \
             distance=metric: wasserstein, distance: 2.3923",
            "user=bob type=Normal min=5 max=5 mean=5 std=0 cardinality=2 distance=metric: wasserstein, distance: 0",
        ],
    );
    searches.check("* | fit DensityFunction n into k | where n=0", &[]);
    searches.check("| summary k | table type cardinality", &["type=Auto: Exponential cardinality=12"]);
    searches.check("| listmodels", &["name=k type=DensityFunction", "name=m type=DensityFunction"]);
    searches.check("| deletemodel app:m", &[]);
    searches.check("| listmodels | table name", &["name=k"]);
    searches.fails("| deletemodel m", "model `m` has not been fitted: run a search with `fit … into` first");
}

#[test]
fn the_other_densities_say_their_parameters() {
    let searches = Searches::new();
    let summary = |dist: &str, expected: &str| {
        searches.check(&format!("user=ann | fit DensityFunction n into m dist={dist} | where n=0"), &[]);
        let digits = "eval std=round(std, 4), distance=replace(distance, \"(\\\\.\\\\d{4})\\\\d+\", \"\\\\1\"), \
                      other=replace(other, \"(\\\\.\\\\d{4})\\\\d+\", \"\\\\1\")";
        searches.check(&format!("| summary m | {digits} | table type mean std distance other"), &[expected]);
    };
    summary("expon", "type=Exponential mean=6.35 std=5.35 distance=metric: wasserstein, distance: 1.1293");
    summary(
        "gaussian_kde metric=kolmogorov_smirnov",
        "type=Gaussian KDE mean=6.35 std=5.9163 distance=metric: kolmogorov_smirnov, distance: \
         0.2208 other=parameter size: 10, bandwidth: 3.9348",
    );
}

#[test]
fn a_fork_keeps_its_models_until_it_is_merged() {
    let searches = Searches::new();
    let fork = searches.stores.fork();
    searches.run("* | fit DensityFunction n into m", &fork).unwrap();
    assert!(searches.run("| summary m", &searches.stores).is_err());
    assert_eq!(searches.run("| summary m", &fork).unwrap().len(), 1);
    searches.stores.merge(&fork).unwrap();
    assert_eq!(searches.run("| summary m", &searches.stores).unwrap().len(), 1);
}

#[test]
fn what_cannot_be_fitted_says_why() {
    let searches = Searches::new();
    searches.fails("* | fit DensityFunction user into m", "model `m`: `user` holds `ann`, which is no number");
    searches.check("user=nobody | fit DensityFunction n by user into m", &[]);
    searches.check("| summary m", &[]);
    searches.check("* | apply m | head 1 | table n BoundaryRanges \"IsOutlier(n)\"", &["n=1"]);
}
