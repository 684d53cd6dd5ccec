//! Events → CIM: recognise the sourcetype, compute the add-on's fields, event types and tags, fill datasets.
//!
//! Start from [`Normalizer::new`] with the packs, then [`Normalizer::normalize`] batch by batch.
//! A pack is a folder of data under `packs/`; what an add-on does in `props.conf` a pack says in YAML, in SPL's own `eval`.
//!
//! Invariants: `_raw` and unknown fields are kept; an event that no pack recognises is counted, never lost;
//! the same batch gives the same columns, whatever the thread.

mod output;

pub use output::{Needs, Normalized, TableId};
