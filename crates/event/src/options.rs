//! What callers choose.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::Metadata;

/// How to decode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeOptions {
    /// Keep each event's text (`_raw`).
    pub raw: bool,
    /// A batch is handed on at this many events.
    pub batch_events: usize,
    /// A batch is handed on when its text has grown to this many bytes.
    pub batch_bytes: usize,
    /// A longer event or line is set aside.
    pub event_bytes: usize,
    /// Keys of JSON objects that only carry events: the objects of the array under such a key are the events
    /// (`Records` of AWS CloudTrail). What stands beside the array belongs to the transport and is not kept.
    pub carriers: Arc<BTreeSet<String>>,
    /// What is known of all events; an event's own envelope goes before it.
    pub metadata: Option<Metadata>,
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self {
            raw: false,
            batch_events: 8192,
            batch_bytes: 8 << 20,
            event_bytes: 16 << 20,
            carriers: Arc::default(),
            metadata: None,
        }
    }
}

/// Caps on what a container may unpack to, so that a zip bomb is set aside and not unpacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes that one file may unpack to in all, nested containers included.
    pub total_bytes: u64,
    /// Times its own size that a file may unpack to, once it is past `ratio_from`.
    pub ratio: u64,
    /// Bytes that any file may unpack to, whatever its own size.
    pub ratio_from: u64,
    /// Containers within containers (`tar.gz` is two).
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { total_bytes: 16 << 30, ratio: 500, ratio_from: 256 << 20, depth: 6 }
    }
}
