//! Bytes of logs → events: `_time`, `host`, `source`, `sourcetype`, `_raw`, fields.
//!
//! Start from [`EventBatch`], what every decoder fills; [`Columns`] is the same data turned to columns,
//! in Arrow's own memory layout but without Arrow.
//!
//! Invariants: a decoder never panics and never drops in silence: what it cannot read becomes a
//! [`SetAside`] with file, offset and reason. No file is opened here; callers pass bytes.

mod batch;
mod columns;

pub use batch::{EventBatch, EventHead, FieldId, FieldNames, Format, Place, SetAside, TextRef};
pub use columns::{Column, Columns, MultiColumn, TextColumn};
