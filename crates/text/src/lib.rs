//! Byte spans, line indexes, source maps from a search back to the file a person edits, comma-separated values, and the search
//! for many fragments at once.
//!
//! Start from [`Span`]; [`SourceMap`] is what lets an error in an expanded search point at a line of YAML.
//!
//! Invariants: offsets are bytes and always lie on character borders of the text they refer to;
//! nothing here reads a file.

pub mod csv;
mod grams;
mod line_index;
mod source_map;
mod span;

pub use grams::Grams;
pub use line_index::{LineColumn, LineIndex};
pub use source_map::{Call, Location, Mapped, SourceMap};
pub use span::{FileId, FileSpan, Span};
