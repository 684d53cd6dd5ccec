//! Tests of packs, as data: events in, dataset rows out.
//!
//! A test file begins with `tests: PACK`. Each case gives an event (its decoded fields), or the `text` of a log (and with
//! `file`, `sourcetype`, `source` what is known of it, with `count` how many events it has), and the datasets that it must
//! enter with the values that fields must have there; `~` is null, a list is a multivalue. `keep: all` keeps every event of the text,
//! not the first alone, and a dataset may then have a list of rows. `metrics` lists its data points. Root datasets that a case
//! does not name must stay empty.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use cim::DatasetId;
use event::{Column, Columns, DecodeOptions, EventBatch, EventHead, Format, Metadata, TextRef};

use crate::pack::{Kind, Node, parse_yaml};
use crate::{FORMATS, Needs, Normalized, Normalizer, PackSource, TableId};

/// What the events table is called in problems; unlike a dataset's table it lacks fields that are null throughout.
const EVENT: &str = "event";

/// What became of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The case's name.
    pub case: String,
    /// What differs; empty when the case passes.
    pub problems: Vec<String>,
}

/// Run the cases of a test file; an empty list when the file is not one.
pub fn run(normalizer: &Normalizer, source: &PackSource<'_>) -> Result<Vec<Outcome>, String> {
    let root = parse_yaml(source.text).map_err(|(span, reason)| format!("byte {}: {reason}", span.start))?;
    let Some(pack) = root.get("tests").and_then(Node::as_text) else {
        return Ok(Vec::new());
    };
    if normalizer.sources().iter().all(|source| source.pack != pack) {
        return Err(format!("no pack is named `{pack}`"));
    }
    let format = root.get("format").and_then(Node::as_text).unwrap_or("json");
    let Some(Kind::List(cases)) = root.get("cases").map(|cases| &cases.kind) else {
        return Err("`cases` is missing".to_owned());
    };
    let outcome = |case: &Node| {
        let name = case.get("name").and_then(Node::as_text).unwrap_or("?").to_owned();
        let problems = run_case(normalizer, format, case).unwrap_or_else(|problem| vec![problem]);
        Outcome { case: name, problems }
    };
    Ok(cases.iter().map(outcome).collect())
}

/// What the events of a test file show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The pack that the file tests.
    pub pack: String,
    /// Fields that its events have by themselves.
    pub fields: BTreeSet<String>,
    /// By dataset, the fields that its rows have a value in, other than what the model fills in by itself.
    pub datasets: BTreeMap<DatasetId, BTreeSet<String>>,
}

/// Read the events of a test file; `None` for another file.
pub fn evidence(normalizer: &Normalizer, source: &PackSource<'_>) -> Option<Evidence> {
    let root = parse_yaml(source.text).ok()?;
    let pack = root.get("tests").and_then(Node::as_text)?.to_owned();
    let default = root.get("format").and_then(Node::as_text).unwrap_or("json");
    let Some(Kind::List(cases)) = root.get("cases").map(|cases| &cases.kind) else { return None };
    let mut evidence = Evidence { pack, ..Evidence::default() };
    for case in cases {
        let Some(mut batch) = batch_of(normalizer, case, default) else { continue };
        normalizer.extract(&mut batch);
        evidence.fields.extend(batch.names.iter().map(|(_, name)| name.to_owned()));
        for (table, columns) in normalizer.normalize(&batch, &Needs::all()).tables {
            if let TableId::Dataset(dataset) = table {
                evidence.datasets.entry(dataset).or_default().extend(told(dataset, &columns));
            }
        }
    }
    Some(evidence)
}

fn batch_of(normalizer: &Normalizer, case: &Node, default: &str) -> Option<EventBatch> {
    if let Some(text) = case.get("text").and_then(Node::as_text) {
        return decoded(normalizer, case, text, &mut Vec::new());
    }
    let format = case.get("format").and_then(Node::as_text).unwrap_or(default);
    let (format, _) = FORMATS.iter().find(|(_, name)| *name == format)?;
    batch(*format, pairs(case.get("event")).ok()?).ok()
}

/// The columns that say something.
fn told(dataset: DatasetId, columns: &Columns) -> Vec<String> {
    let model = cim::find_dataset(dataset.model, dataset.dataset);
    let filled = |name: &str| model.and_then(|model| model.field(name)).and_then(|field| field.calculation.default());
    let says = |(name, column): &&(String, Column)| {
        (0..columns.rows).any(|row| cell(column, row).iter().any(|value| filled(name) != Some(value)))
    };
    columns.columns.iter().filter(says).map(|(name, _)| name.clone()).collect()
}

fn run_case(normalizer: &Normalizer, format: &str, case: &Node) -> Result<Vec<String>, String> {
    let format = case.get("format").and_then(Node::as_text).unwrap_or(format);
    let Some((format, _)) = FORMATS.iter().find(|(_, name)| *name == format) else {
        return Err(format!("unknown format `{format}`"));
    };
    let mut problems = Vec::new();
    let mut batch = match case.get("text").and_then(Node::as_text) {
        Some(text) => match decoded(normalizer, case, text, &mut problems) {
            Some(batch) => batch,
            None => return Ok(problems),
        },
        None => batch(*format, pairs(case.get("event"))?)?,
    };
    normalizer.extract(&mut batch);
    let needs = Needs::all();
    let normalized = normalizer.normalize(&batch, &needs);
    if let Some(Kind::List(expected)) = case.get("metrics").map(|list| &list.kind) {
        let table = normalized.tables.get(&TableId::Metrics).cloned().unwrap_or_default();
        if table.rows != expected.len() {
            problems.push(format!("{} data points instead of {}", table.rows, expected.len()));
        }
        for (row, expected) in expected.iter().enumerate() {
            compare(("metrics", row), &table, pairs(Some(expected))?, &mut problems);
        }
    }
    let events = normalized.tables.iter().find(|(id, _)| matches!(id, TableId::Events(_)));
    if let Some((_, events)) = events {
        compare((EVENT, 0), events, pairs(case.get("fields"))?, &mut problems);
    }
    let expected = pairs(case.get("rows"))?;
    for (key, row) in expected {
        let dataset = key.as_text().unwrap_or("?");
        let table =
            normalized.tables.iter().find(|(id, _)| matches!(id, TableId::Dataset(_)) && id.to_string() == dataset);
        let Some((_, table)) = table else {
            problems.push(format!("not in {dataset}"));
            continue;
        };
        let rows = match &row.kind {
            Kind::List(rows) if rows.len() == table.rows => rows.as_slice(),
            Kind::List(rows) => {
                problems.push(format!("{dataset}: {} rows instead of {}", table.rows, rows.len()));
                continue;
            }
            _ => std::slice::from_ref(row),
        };
        for (number, row) in rows.iter().enumerate() {
            compare((dataset, number), table, pairs(Some(row))?, &mut problems);
        }
    }
    unexpected(&normalized, expected, &mut problems);
    Ok(problems)
}

/// The first event of a text, as from a file of that name, or with `keep: all` every one; how many events the text has is
/// checked too.
fn decoded(normalizer: &Normalizer, case: &Node, text: &str, problems: &mut Vec<String>) -> Option<EventBatch> {
    let named = |key: &str| case.get(key).and_then(Node::as_text);
    let metadata = named("sourcetype").map(|sourcetype| Metadata {
        sourcetype: Some(sourcetype.into()),
        source: named("source").map(Into::into),
        ..Metadata::default()
    });
    let options = DecodeOptions { raw: true, carriers: normalizer.carriers(), metadata, ..DecodeOptions::default() };
    let (mut first, mut count) = (None, 0);
    event::decode(&Arc::from(named("file").unwrap_or("test.log")), text.as_bytes(), &options, &mut |mut batch| {
        problems.extend(batch.set_aside.iter().map(|aside| format!("set aside: {}", aside.reason)));
        count += batch.events.len();
        if named("keep") != Some("all") {
            batch.events.truncate(1);
        }
        first = first.take().or((!batch.events.is_empty()).then_some(batch));
    });
    let expected = named("count").unwrap_or("1");
    if count.to_string() != expected {
        problems.push(format!("{count} events instead of {expected}"));
    }
    first
}

/// Root datasets that the event entered without being expected there.
fn unexpected(normalized: &Normalized, expected: &[(Node, Node)], problems: &mut Vec<String>) {
    for id in normalized.tables.keys() {
        let TableId::Dataset(dataset) = id else {
            continue;
        };
        let is_root = cim::find_dataset(dataset.model, dataset.dataset).is_some_and(|dataset| dataset.parent.is_none());
        let name = id.to_string();
        if is_root && expected.iter().all(|(key, _)| key.as_text() != Some(&name)) {
            problems.push(format!("also in {name}"));
        }
    }
}

/// The pairs of a map; an absent one has none.
fn pairs(node: Option<&Node>) -> Result<&[(Node, Node)], String> {
    match node.map(|node| &node.kind) {
        None => Ok(&[]),
        Some(Kind::Map(pairs)) => Ok(pairs),
        Some(_) => Err("`event`, `fields` and `rows` are maps".to_owned()),
    }
}

/// The texts of a value: none for `~`, several for a list.
fn texts(node: &Node) -> Vec<&str> {
    match &node.kind {
        Kind::Scalar(text) if text == "~" => Vec::new(),
        Kind::Scalar(text) => vec![text],
        Kind::List(list) => list.iter().filter_map(Node::as_text).collect(),
        Kind::Map(_) => Vec::new(),
    }
}

/// A batch of one event.
fn batch(format: Format, fields: &[(Node, Node)]) -> Result<EventBatch, String> {
    let mut batch = EventBatch::of_file(Arc::from("test"));
    for (key, value) in fields {
        let name = key.as_text().unwrap_or("");
        let field = batch.names.intern(name).ok_or_else(|| "too many fields".to_owned())?;
        for text in texts(value) {
            let length = |length: usize| u32::try_from(length).map_err(|_| "event too large".to_owned());
            let at = TextRef { start: length(batch.text.len())?, len: length(text.len())? };
            batch.text.push_str(text);
            batch.fields.push((field, at));
        }
    }
    let field_count = u32::try_from(batch.fields.len()).map_err(|_| "too many fields".to_owned())?;
    batch.events.push(EventHead { field_count, format, ..EventHead::default() });
    Ok(batch)
}

/// A row of a table against what it should hold; tables of open columns may lack a column that is null throughout.
fn compare((table_name, row): (&str, usize), table: &Columns, expected: &[(Node, Node)], problems: &mut Vec<String>) {
    let is_open = [EVENT, "metrics"].contains(&table_name);
    for (key, value) in expected {
        let name = key.as_text().unwrap_or("?");
        let column = table.columns.iter().find(|(known, _)| known == name);
        if column.is_none() && !is_open {
            problems.push(format!("{table_name} has no field {name}"));
            continue;
        }
        let found = column.map(|(_, column)| cell(column, row)).unwrap_or_default();
        let expected = texts(value);
        if found != expected {
            problems.push(format!("{table_name} {name}: expected {expected:?}, found {found:?}"));
        }
    }
}

/// The values of a row of a column; times in microseconds.
fn cell(column: &Column, row: usize) -> Vec<String> {
    match column {
        Column::Text(column) => column.get(row).map(str::to_owned).into_iter().collect(),
        Column::Multi(column) => {
            let bound = |at: usize| column.offsets.get(at).and_then(|end| usize::try_from(*end).ok()).unwrap_or(0);
            (bound(row)..bound(row + 1)).filter_map(|at| column.values.get(at)).map(str::to_owned).collect()
        }
        Column::Time(times) => times.get(row).map(i64::to_string).into_iter().collect(),
    }
}
