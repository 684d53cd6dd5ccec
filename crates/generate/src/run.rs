//! Runs searches over generated rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::{Engine, EngineError, Options, Stores, Window};
use event::{Column, Columns, TextColumn};
use lake::MemoryTables;
use normalize::TableId;
use plan::{Op, Plan, Predicate, ScanEvents, Schema, Stage, TimeRange};
use spl::ast::Expr;
use spl::value::Value;
use text::Span;
use tokio::runtime::Handle;

use crate::rows::Rows;

/// `now()` of every run: Wednesday, 2024-06-12 14:30:00 UTC.
pub const NOW: i64 = 1_718_202_600_000_000;

/// Runs searches, as the engine does everywhere else.
#[derive(Debug)]
pub struct Runner {
    handle: Handle,
    stores: Stores,
    pub(crate) names: plan::Names,
    pub(crate) now: i64,
    /// One empty event, to work expressions out over.
    nothing: Engine,
}

impl Runner {
    /// A runner with these names and stores.
    pub fn new(handle: Handle, names: plan::Names, stores: Stores) -> Result<Self, EngineError> {
        let mut blank = TextColumn::default();
        blank.push(Some(""));
        let columns = Columns {
            rows: 1,
            columns: vec![
                ("sourcetype".to_owned(), Column::Text(blank)),
                ("_time".to_owned(), Column::Time(vec![NOW])),
            ],
        };
        let mut tables = MemoryTables::default();
        // A table of one row cannot be wrong; if it were, nothing could be worked out and the caller would see that.
        tables.add(BTreeMap::from([(TableId::Events("blank".to_owned()), columns)])).ok();
        let nothing = Engine::new(Arc::new(tables), Options::default())?.with_stores(stores.clone());
        Ok(Self { handle, stores, names, now: NOW, nothing })
    }

    /// The value of an expression without fields; `None` where the engine cannot say.
    pub(crate) fn evaluate(&self, expr: Expr) -> Option<Value> {
        let schema =
            |fields: &[&str]| Schema { fields: fields.iter().map(|name| (*name).to_owned()).collect(), open: false };
        let stage = |op, schema| Stage { op, schema, span: Span::default() };
        let plan = Plan {
            stages: vec![
                stage(
                    Op::ScanEvents(ScanEvents {
                        predicate: Predicate::True,
                        range: TimeRange::default(),
                        derived: std::collections::BTreeSet::new(),
                    }),
                    Schema { fields: Vec::new(), open: true },
                ),
                stage(Op::Eval(vec![("value".to_owned(), expr)]), schema(&["value"])),
                stage(Op::Table(vec!["value".to_owned()]), schema(&["value"])),
            ],
            event_fields: Some(Some(std::collections::BTreeSet::new())),
            key: None,
        };
        // What the engine cannot work out is left as it is.
        let results = self.handle.block_on(self.nothing.run(&plan, &self.window())).ok()?;
        let rows = results.rows().ok()?;
        rows.first().map(|row| row.get("value").clone())
    }

    /// The number of result rows over generated rows.
    pub fn run(&self, plan: &Plan, rows: &Rows) -> Result<usize, RunError> {
        let mut tables = MemoryTables::default();
        tables.add(rows.columns())?;
        let engine = Engine::new(Arc::new(tables), Options::default())?.with_stores(self.stores_with(rows));
        Ok(self.handle.block_on(engine.run(plan, &self.window()))?.len())
    }

    fn stores_with(&self, _rows: &Rows) -> Stores {
        self.stores.clone()
    }

    fn window(&self) -> Window {
        Window { earliest: None, latest: None, now: self.now }
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
