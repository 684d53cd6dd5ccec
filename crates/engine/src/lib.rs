//! Compiles checked pipelines to DataFusion plans and runs them. DataFusion is the only executor: what SPL has and SQL
//! lacks is a scalar or an aggregate function registered with it.
//!
//! Start from [`Engine`].
//!
//! ```
//! # use std::sync::Arc;
//! # use engine::{Engine, EngineError, Options, Window};
//! # async fn example() -> Result<(), EngineError> {
//! let parsed = spl::parse("| tstats count from datamodel=Endpoint.Processes");
//! let checked = plan::check(&parsed.pipeline, "", &plan::Names::default());
//! let engine = Engine::new(Arc::new(lake::MemoryTables::default()), Options::default())?;
//! if let Some(plan) = checked.plan {
//!     let rows = engine.run(&plan, &Window::default()).await?.rows()?;
//!     assert_eq!(rows.len(), 1);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Invariants: a window is half-open, `[earliest, latest)` of `_time`; a field that a row lacks is null, whatever the
//! table has; search terms are never null, eval's conditions may be; rows of the same input come in the same order.

pub mod aggregate;
mod buckets;
mod closure;
mod column;
mod command;
mod compare;
mod compile;
mod convert;
mod density;
mod derived;
mod engine;
mod env;
mod error;
mod evaluate;
mod expr;
mod frame;
pub mod function;
mod geo;
mod group;
mod in_order;
mod json;
mod json_path;
mod json_text;
pub mod lookup;
mod metrics;
pub mod models;
mod order;
mod predicate;
mod read;
mod regex;
mod results;
mod scan;
pub mod states;
mod stores;
mod subsearch;
mod table;
mod wildcard;
mod xml;

pub use engine::{Engine, Options, Room, Surroundings, Window};
pub use error::EngineError;
pub use geo::{Geo, GeoError};
pub use models::Models;
pub use results::Results;
pub use stores::Stores;
