//! Keeps normalised rows as tables that searches read: in memory for one run, or as Delta Lake tables for good.
//!
//! Start from [`Tables`], which the engine reads through. [`MemoryTables`] collects what `normalize` gives;
//! [`Lake`] keeps it at a path or URL, where DuckDB, Spark, Trino or Polars can open it too.
//!
//! ```
//! # use std::collections::BTreeMap;
//! use lake::MemoryTables;
//! let mut tables = MemoryTables::default();
//! tables.add(BTreeMap::new())?;
//! # Ok::<(), lake::LakeError>(())
//! ```
//!
//! Invariants: a row handed over is a row found again, in the order it came; the same file twice is one file;
//! every column has one of the four types of [`types`].

mod arrow_rows;
mod batch;
mod candidates;
mod delta;
mod error;
mod memory;
mod tables;
pub mod types;

pub use batch::record_batch;
pub use candidates::{CandidateLimits, Candidates, CandidatesBuilder, KeptBatch, SearchTables};
pub use delta::{Appended, FileRows, Lake, StoredReport, StoredScan};
pub use error::LakeError;
pub use memory::MemoryTables;
pub use tables::Tables;
