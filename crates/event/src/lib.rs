//! Bytes of logs → events: `_time`, `host`, `source`, `sourcetype`, `_raw`, fields.
//!
//! Start from [`decode`], which tells a file's format by its content and gives [`EventBatch`]es;
//! [`open_container`] opens archives first. [`Columns`] is rows turned to columns, in Arrow's own memory
//! layout but without Arrow.
//!
//! Invariants: a decoder never panics and never drops in silence: what it cannot read becomes a
//! [`SetAside`] with file, offset and reason. No file is opened here; callers pass bytes.

mod batch;
mod builder;
mod classic;
mod columns;
mod container;
mod csv;
mod decode;
mod detect;
mod evtx;
mod hash;
mod json;
mod options;
mod reader;
mod time;
mod windows;
mod xml;

pub use batch::{EventBatch, EventHead, FieldId, FieldNames, Format, Place, SetAside, TextRef};
pub use columns::{Column, Columns, MultiColumn, TextColumn};
pub use container::{Member, open_container};
pub use decode::{Piece, decode, decode_piece, split};
pub use detect::detect;
pub use hash::{ContentHash, content_hash};
pub use options::{DecodeOptions, Limits};
