//! Runs the examples of every function and aggregate, and holds the registries against what `plan` accepts.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails panics")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::aggregate::AGGREGATES;
use engine::function::{FUNCTIONS, OPERATORS};
use engine::{Engine, Options, Window};
use event::{Column, Columns, TextColumn};
use lake::MemoryTables;
use normalize::TableId;
use spl::value::Value;

const NOW: i64 = 1_700_000_000_250_000;

#[test]
fn examples_give_what_they_say() {
    let mut wrong = Vec::new();
    for function in FUNCTIONS.iter().chain(OPERATORS) {
        assert!(!function.examples.is_empty(), "{} has no example", function.signature);
        for (expression, expected) in function.examples {
            let found = run(&format!("* | eval x={expression} | table x"), &["one"]);
            if found != *expected {
                wrong.push(format!("{expression}: expected {expected}, found {found}"));
            }
        }
    }
    for aggregate in AGGREGATES {
        assert!(!aggregate.examples.is_empty(), "{} has no example", aggregate.signature);
        let name =
            if aggregate.name.ends_with("perc") { format!("{}25", aggregate.name) } else { aggregate.name.to_owned() };
        for (values, expected) in aggregate.examples {
            let command = match aggregate.name {
                "per_day" => "timechart span=1d",
                "per_hour" => "timechart span=1h",
                "per_minute" => "timechart span=1m",
                "per_second" => "timechart span=1s",
                _ => "stats",
            };
            let found = run(&format!("* | {command} {name}(v) as x"), values);
            if found != *expected {
                wrong.push(format!("{name}({values:?}): expected {expected}, found {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_registries_are_what_plan_accepts() {
    let functions: BTreeSet<&str> = FUNCTIONS.iter().map(|function| function.name).collect();
    let accepted: BTreeSet<&str> = plan::SUPPORTED_FUNCTIONS.iter().copied().collect();
    assert_eq!(functions, accepted);
    let aggregates: BTreeSet<&str> = AGGREGATES.iter().map(|aggregate| aggregate.name).collect();
    let accepted: BTreeSet<&str> = plan::SUPPORTED_AGGREGATES.iter().copied().collect();
    assert_eq!(aggregates, accepted);
}

/// The value of `x` in the first row, as printed, over events of which field `v` has these values, in this order.
fn run(search: &str, values: &[&str]) -> String {
    let parsed = spl::parse(search);
    let checked = plan::check(&parsed.pipeline, search, &plan::Names::default());
    let plan = checked.plan.unwrap_or_else(|| panic!("{search}: {:?} {:?}", parsed.diagnostics, checked.diagnostics));
    let mut texts = TextColumn::default();
    values.iter().for_each(|value| texts.push(Some(value)));
    // Newest first is the order in which a search sees events.
    let times = (0..values.len()).rev().map(|at| i64::try_from(at).unwrap()).collect();
    let columns = Columns {
        rows: values.len(),
        columns: vec![("v".to_owned(), Column::Text(texts)), ("_time".to_owned(), Column::Time(times))],
    };
    let mut tables = MemoryTables::default();
    tables.add(BTreeMap::from([(TableId::Events("test".to_owned()), columns)])).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let engine = Engine::new(Arc::new(tables), Options::default()).unwrap();
    let results = runtime
        .block_on(engine.run(&plan, &Window { now: NOW, ..Window::default() }))
        .unwrap_or_else(|error| panic!("{search}: {error:?}"));
    match results.rows().unwrap()[0].get("x") {
        Value::Null => "null".to_owned(),
        Value::Multi(values) => values.iter().filter_map(Value::to_text).collect::<Vec<_>>().join(" "),
        value => value.to_text().unwrap_or_default().into_owned(),
    }
}
