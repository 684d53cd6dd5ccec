//! What callers choose.

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
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self { raw: false, batch_events: 8192, batch_bytes: 8 << 20, event_bytes: 16 << 20 }
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
