//! What normalising gives, and what may be asked of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use cim::DatasetId;
use event::{Columns, Format};

/// The forms of logs and their names in packs and statistics.
pub const FORMATS: &[(Format, &str)] = &[
    (Format::Evtx, "evtx"),
    (Format::WindowsEventXml, "windows_event_xml"),
    (Format::Json, "json"),
    (Format::ClassicWindowsEvent, "classic_windows_event"),
    (Format::Csv, "csv"),
    (Format::W3c, "w3c"),
    (Format::Zeek, "zeek"),
    (Format::Lines, "lines"),
];

/// The name of a form; it is the sourcetype of events that no pack recognises.
pub fn format_name(format: Format) -> &'static str {
    FORMATS.iter().find(|(known, _)| *known == format).map_or("lines", |(_, name)| name)
}

/// A table that searches read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TableId {
    /// Rows of a data model's dataset: its fields, `_time`, `host`, `source`, `sourcetype`, and `_raw` where asked for.
    Dataset(DatasetId),
    /// Events of one sourcetype: every field of the event and of its add-on, `_time`, `host`, `source`, `sourcetype`, `_raw`.
    Events(String),
    /// Data points, one a row: `_time`, `metric_name`, `_value`, `host`, `source`, `sourcetype`, `index`, their dimensions.
    Metrics,
}

impl std::fmt::Display for TableId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Dataset(id) => id.fmt(f),
            Self::Events(sourcetype) => f.write_str(sourcetype),
            Self::Metrics => f.write_str("metrics"),
        }
    }
}

/// What the searches to come will read: what is not needed is not computed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// The datasets to fill; `None` is all.
    pub datasets: Option<BTreeSet<DatasetId>>,
    /// Those among them whose rows keep the event's text as `_raw`.
    pub with_raw: BTreeSet<DatasetId>,
    /// The fields that raw-event searches read: `None` no raw search, `Some(None)` all fields.
    pub events: Option<Option<BTreeSet<String>>>,
    /// The data points of metrics.
    pub metrics: bool,
}

impl Needs {
    /// Everything: for logs that are kept.
    pub fn all() -> Self {
        Self { datasets: None, with_raw: BTreeSet::new(), events: Some(None), metrics: true }
    }
}

/// Chooses the rows that are worth making.
///
/// Most events interest no search. So a table is first made of the fields that the choice goes by, and of the chosen rows alone
/// in full.
pub trait Choose {
    /// The fields that the choice of a table's rows goes by.
    fn fields(&self, table: &TableId) -> Arc<BTreeSet<String>>;

    /// The chosen rows, from the first; `columns` has the fields asked for, where an event has them, and `_time`. `text` is the
    /// text of a row's event.
    fn choose<'t>(&mut self, table: &TableId, columns: &Columns, text: &dyn Fn(usize) -> Option<&'t str>) -> Vec<u32>;

    /// What chosen rows of raw events are made of; `None` is all that the [`Needs`] name.
    fn made(&self, table: &TableId) -> Option<Made>;

    /// The fields that chosen rows of a dataset are made of; `None` is all. Those that the choice goes by are among them.
    fn dataset_fields(&self, _dataset: DatasetId) -> Option<Arc<BTreeSet<String>>> {
        None
    }

    /// Will every row of a dataset be chosen? Then they are made of all that they need before the choice, not twice.
    fn takes_all(&self, _dataset: DatasetId) -> bool {
        false
    }
}

/// What chosen rows of raw events are made of: most of a few fields, and some of more, such as their whole text.
#[derive(Debug, Clone, Default)]
pub struct Made {
    /// The fields of every row; `None` is all.
    pub narrow: Option<Arc<BTreeSet<String>>>,
    /// The fields of wide rows; `None` is all.
    pub wide: Option<Arc<BTreeSet<String>>>,
    /// The rows that are wide, from the first; they are among those chosen.
    pub wide_rows: Vec<u32>,
}

/// A batch after normalising.
#[derive(Debug, Clone, Default)]
pub struct Normalized {
    /// Rows by table. A dataset's columns are all its fields in the model's order, then `_time`, `host`, `source`, `sourcetype`.
    pub tables: BTreeMap<TableId, Columns>,
    /// Number of events by sourcetype; an event that no pack recognises counts under its format's name.
    pub by_sourcetype: BTreeMap<String, u64>,
    /// Events that no pack recognised. They are in the events tables, in no dataset.
    pub unrecognized: u64,
    /// Events without a time: reason by count. They are kept with `_time` 0.
    pub without_time: u64,
    /// Earliest and latest `_time`, in microseconds.
    pub time_range: Option<(i64, i64)>,
}
