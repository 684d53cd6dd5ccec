//! Events → CIM: recognise the sourcetype, compute the add-on's fields, event types and tags, fill datasets.
//!
//! Start from [`Normalizer::new`] with the packs, then [`Normalizer::normalize`] batch by batch.
//! A pack is a folder of data under `packs/`; what an add-on does in `props.conf` a pack says in YAML, in SPL's own `eval`.
//!
//! ```
//! let (normalizer, reports) = normalize::Normalizer::new(&[], &mut diag::Files::default());
//! assert!(reports.is_empty());
//! assert!(normalizer.sources().iter().any(|source| source.sourcetype == "XmlWinEventLog"));
//! ```
//!
//! Invariants: `_raw` and unknown fields are kept; an event that no pack recognises is counted, never lost;
//! the same batch gives the same columns, whatever the thread.

mod bundled;
mod expr;
mod extract;
mod output;
mod pack;
mod pattern;
mod run;
mod sources;
pub mod testing;

use std::collections::BTreeSet;
use std::sync::Arc;

use diag::{Files, Report};
use event::EventBatch;

pub use bundled::bundled_packs;
pub use output::{Choose, FORMATS, Made, Needs, Normalized, TableId, format_name};
pub use pack::PackSource;
pub use sources::{Group, Source};

/// The packs, ready to be run on events. It is only read, so threads may share it.
#[derive(Debug, Default)]
pub struct Normalizer {
    library: pack::Library,
}

impl Normalizer {
    /// The bundled packs and the given ones.
    ///
    /// A given pack is tried before the bundled ones; one with the name of a bundled pack or part takes its place.
    /// A pack with a mistake is not loaded: the reports say what and where, in texts that are added to `files`.
    pub fn new(packs: &[PackSource<'_>], files: &mut Files) -> (Self, Vec<Report>) {
        let (library, reports) = pack::read_library(&bundled_packs(), packs, files);
        (Self { library }, reports)
    }

    /// Take times that name no year for the latest such times before this one, in microseconds since 1970. Without it such
    /// events have no time.
    #[must_use]
    pub fn with_now(mut self, now: i64) -> Self {
        self.library.now = Some(now);
        self
    }

    /// Keys of JSON objects that only carry events, for [`event::DecodeOptions::carriers`].
    pub fn carriers(&self) -> Arc<BTreeSet<String>> {
        Arc::clone(&self.library.carriers)
    }

    /// Add the fields that packs take out of the text of events. It comes before everything else that is done with a batch.
    pub fn extract(&self, batch: &mut EventBatch) {
        extract::extract(&self.library, batch);
    }

    /// Give a batch of events their tables.
    pub fn normalize(&self, batch: &EventBatch, needs: &Needs) -> Normalized {
        run::normalize(&self.library, batch, needs)
    }

    /// Give the events of a batch that are worth it their tables: the rows are those of [`Self::normalize`] that `choose` picks.
    pub fn normalize_chosen(&self, batch: &EventBatch, needs: &Needs, choose: &mut dyn Choose) -> Normalized {
        run::normalize_chosen(&self.library, batch, needs, choose)
    }

    /// What the packs know, in the order they are tried: which events, and which datasets and fields these fill.
    pub fn sources(&self) -> Vec<Source> {
        self.library.packs.iter().map(|pack| sources::describe(pack, &self.library.symbols)).collect()
    }
}
