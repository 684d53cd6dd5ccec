//! Bytes of logs → events: `_time`, `host`, `source`, `sourcetype`, `_raw`, fields.
//!
//! Start from [`decode`]: it tells a file's format by its content and gives [`EventBatch`]es. [`open_container`] comes
//! before it, where files may be archives, and [`split`] where one file shall keep several threads busy. [`Columns`] is
//! rows turned to columns, in Arrow's own memory layout but without Arrow.
//!
//! ```
//! use event::{DecodeOptions, Limits, decode, open_container};
//!
//! let log = b"{\"user\": {\"name\": \"ada\"}, \"groups\": [\"wheel\", \"staff\"]}\n{\"user\":".to_vec();
//! let mut lines = Vec::new();
//! let refused = open_container("log.json", log, &Limits::default(), &mut |member| {
//!     decode(&member.name, &member.bytes, &DecodeOptions::default(), &mut |batch| {
//!         for event in &batch.events {
//!             lines.extend(batch.fields_of(event).map(|(id, value)| format!("{}={value}", batch.names.name(id))));
//!         }
//!         lines.extend(batch.set_aside.iter().map(|aside| format!("{}: {}", aside.place.offset, aside.reason)));
//!     });
//! });
//! assert!(refused.is_empty());
//! assert_eq!(
//!     lines,
//!     ["user.name=ada", "groups{}=wheel", "groups{}=staff", "56: broken JSON: the object has no end at byte 64"]
//! );
//! ```
//!
//! Invariants: a decoder never panics and never drops in silence: what it cannot read becomes a
//! [`SetAside`] with file, offset and reason. No file is opened here; callers pass bytes.

mod audit;
mod batch;
mod builder;
mod classic;
mod columns;
mod container;
mod csv;
mod decode;
mod detect;
mod envelope;
mod evtx;
mod hash;
mod headed;
mod json;
mod options;
mod reader;
mod time;
mod windows;
mod xml;

pub use batch::{EventBatch, EventHead, FieldId, FieldNames, Format, Metadata, Place, SetAside, TextRef};
pub use columns::{Column, Columns, MultiColumn, TextColumn};
pub use container::{Member, is_container, open_container};
pub use decode::{Decoder, Origin, Piece, Segmented, decode, decode_piece, split};
pub use detect::detect;
pub use hash::{ContentHash, Fingerprints, content_hash, segment_hash};
pub use json::json_fields;
pub use options::{DecodeOptions, Limits};
