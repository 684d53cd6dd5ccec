//! Runs searches over generated rows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use engine::{Engine, EngineError, Options, Stores, Window};
use event::{Column, Columns, TextColumn};
use lake::MemoryTables;
use normalize::TableId;
use plan::{Op, Plan, Predicate, ScanEvents, Schema, Stage, TimeRange};
use spl::ast::Expr;
use spl::value::Value;
use text::Span;
use tokio::runtime::Handle;

use crate::lookups::{self, LookupTable};
use crate::rows::Rows;

/// `now()` of every run: Wednesday, 2024-06-12 14:30:00 UTC.
pub const NOW: i64 = 1_718_202_600_000_000;

/// Runs searches, as the engine does everywhere else.
#[derive(Debug)]
pub struct Runner {
    handle: Handle,
    stores: Stores,
    pub(crate) now: i64,
    lookups: Mutex<BTreeMap<String, Arc<LookupTable>>>,
    places: OnceLock<Vec<Place>>,
    /// One empty event, to work expressions out over.
    nothing: Engine,
}

impl Runner {
    /// A runner with these lookups, models and places.
    pub fn new(handle: Handle, stores: Stores) -> Result<Self, RunError> {
        let nothing =
            Engine::new(Arc::new(one_column("blank", &[""])?), Options::default())?.with_stores(stores.clone());
        let lookups = Mutex::default();
        Ok(Self { handle, stores, now: NOW, lookups, places: OnceLock::new(), nothing })
    }

    pub(crate) fn names(&self) -> &plan::Names {
        &self.stores.names
    }

    /// A lookup, read once.
    pub(crate) fn lookup(&self, name: &str) -> Arc<LookupTable> {
        let mut lookups = self.lookups.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lookups.entry(name.to_owned()).or_insert_with(|| Arc::new(LookupTable::of(&self.stores, name)));
        Arc::clone(known)
    }

    /// What a lookup that computes gives for some words.
    pub(crate) fn computed(&self, lookup: &str, input: &str, output: &str) -> Vec<(String, String)> {
        const WORDS: [&str; 9] = [
            "aaaaaaaa",
            "abababab",
            "abcdabcd",
            "user1234",
            "kq7zw4xr9t",
            "Xk7#pQ2v!Lm9",
            "a1b2c3d4e5f6g7h8",
            "zqxwvutsrponmlkj",
            "q8Zr2Lk9Tx4Wv6Yp1Ns3",
        ];
        let op = Op::Lookup(plan::Lookup {
            name: lookup.to_owned(),
            inputs: vec![(input.to_owned(), "text".to_owned())],
            outputs: Some(vec![(output.to_owned(), output.to_owned())]),
            keep: false,
        });
        let rows = self.over_texts(&WORDS, op, &[output]);
        rows.into_iter().filter_map(|(word, mut values)| Some((word, values.pop()?.1))).collect()
    }

    /// Addresses of which it is known where they are.
    pub(crate) fn places(&self) -> &[Place] {
        const PARTS: [&str; 8] = ["City", "Country", "Region", "lat", "lon", "Continent", "MetroCode", "Timezone"];
        self.places.get_or_init(|| {
            let mut addresses: Vec<String> = Vec::new();
            for (first, step) in [
                ("203.0.113", 16),
                ("198.51.100", 16),
                ("192.0.2", 16),
                ("81.2.69", 4),
                ("89.160.20", 4),
                ("8.8.8", 4),
                ("1.1.1", 4),
            ] {
                addresses.extend((0..256).step_by(step).map(|last| format!("{first}.{last}")));
            }
            addresses.extend(
                (1..224).flat_map(|first| (0..256).step_by(16).map(move |second| format!("{first}.{second}.10.20"))),
            );
            let texts: Vec<&str> = addresses.iter().map(String::as_str).collect();
            let outputs = PARTS.map(|part| (part.to_owned(), part.to_owned())).to_vec();
            let op = Op::Iplocation(plan::Iplocation { field: "text".to_owned(), outputs, languages: Vec::new() });
            let rows = self.over_texts(&texts, op, &PARTS);
            rows.into_iter()
                .map(|(address, parts)| Place { address, parts })
                .filter(|place| !place.parts.is_empty())
                .collect()
        })
    }

    /// What a command makes of rows that have a field `text`; nothing where it fails.
    fn over_texts(&self, texts: &[&str], op: Op, outputs: &[&str]) -> Vec<(String, Vec<(String, String)>)> {
        let mut fields = vec!["text"];
        fields.extend(outputs);
        let plan = row_by_row(op, &fields);
        let run = || -> Result<Vec<spl::value::Row>, RunError> {
            let engine =
                Engine::new(Arc::new(one_column("text", texts)?), Options::default())?.with_stores(self.stores.clone());
            Ok(self.handle.block_on(engine.run(&plan, &self.window()))?.rows()?)
        };
        let text = |row: &spl::value::Row, name: &str| row.get(name).to_text().map(|text| text.into_owned());
        let rows = run().unwrap_or_default();
        let pairs = rows.iter().filter_map(|row| {
            let values = outputs.iter().filter_map(|name| Some(((*name).to_owned(), text(row, name)?)));
            Some((text(row, "text")?, values.collect()))
        });
        pairs.collect()
    }

    /// The value of an expression without fields; `None` where the engine cannot say.
    pub(crate) fn evaluate(&self, expr: Expr) -> Option<Value> {
        let plan = row_by_row(Op::Eval(vec![("value".to_owned(), expr)]), &["value"]);
        // What the engine cannot work out is left as it is.
        let results = self.handle.block_on(self.nothing.run(&plan, &self.window())).ok()?;
        let rows = results.rows().ok()?;
        rows.first().map(|row| row.get("value").clone())
    }

    /// The number of result rows over generated rows.
    pub fn run(&self, plan: &Plan, rows: &Rows) -> Result<usize, RunError> {
        let mut tables = MemoryTables::default();
        tables.add(rows.columns())?;
        let stores = self.stores.fork();
        for (name, rows) in &rows.lookups {
            lookups::fill(&stores, name, rows)?;
        }
        let engine = Engine::new(Arc::new(tables), Options::default())?.with_stores(stores);
        Ok(self.handle.block_on(engine.run(plan, &self.window()))?.len())
    }

    fn window(&self) -> Window {
        Window { earliest: None, latest: None, now: self.now }
    }
}

/// An address and where it is.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) address: String,
    pub(crate) parts: Vec<(String, String)>,
}

/// Events with one field.
fn one_column(name: &str, texts: &[&str]) -> Result<MemoryTables, RunError> {
    let mut column = TextColumn::default();
    texts.iter().for_each(|text| column.push(Some(text)));
    let times = vec![NOW; texts.len()];
    let columns = Columns {
        rows: texts.len(),
        columns: vec![(name.to_owned(), Column::Text(column)), ("_time".to_owned(), Column::Time(times))],
    };
    let mut tables = MemoryTables::default();
    tables.add(BTreeMap::from([(TableId::Events("texts".to_owned()), columns)]))?;
    Ok(tables)
}

/// A plan of one command over events, of which these fields are kept.
fn row_by_row(op: Op, fields: &[&str]) -> Plan {
    let names: Vec<String> = fields.iter().map(|name| (*name).to_owned()).collect();
    let schema = Schema { fields: names.clone(), open: false };
    let stage = |op, schema| Stage { op, schema, span: Span::default() };
    let read = ScanEvents { predicate: Predicate::True, range: TimeRange::default(), derived: BTreeSet::new() };
    Plan {
        stages: vec![
            stage(Op::ScanEvents(read), Schema { fields: Vec::new(), open: true }),
            stage(op, schema.clone()),
            stage(Op::Table(names.clone()), schema),
        ],
        event_fields: Some(Some(names.into_iter().collect())),
        key: None,
    }
}

/// Why a search did not run over generated rows.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The rows are no table.
    #[error("the generated rows are no table")]
    Rows(#[from] lake::LakeError),
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
}
