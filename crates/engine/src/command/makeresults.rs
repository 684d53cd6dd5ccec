//! `makeresults`: rows made of nothing, or written out in the search.

use datafusion::common::Result;

use crate::frame::Frame;
use crate::function::SearchContext;
use crate::table::{Cell, Grid};

const MICROS: i64 = 1_000_000;

/// So many rows with the time of the search in whole seconds.
pub(crate) fn empty(count: u64, annotate: bool, context: &SearchContext) -> Result<Frame> {
    let rows = usize::try_from(count).unwrap_or(usize::MAX);
    let mut grid = Grid::new(rows);
    grid.column("_time");
    for row in 0..rows {
        grid.set(row, "_time", Cell::Time(context.now.div_euclid(MICROS) * MICROS));
    }
    if annotate {
        for name in ["_raw", "host", "source", "sourcetype", "splunk_server", "splunk_server_group"] {
            grid.column(name);
        }
    }
    grid.finish()?.into_frame()
}

/// The rows that a search writes out.
pub(crate) fn written(fields: &[String], rows: &[Vec<Option<String>>]) -> Result<Frame> {
    let mut grid = Grid::new(rows.len());
    fields.iter().for_each(|name| grid.column(name));
    for (row, values) in rows.iter().enumerate() {
        for (name, value) in fields.iter().zip(values) {
            if let Some(value) = value {
                grid.set(row, name, Cell::Text(value.clone()));
            }
        }
    }
    grid.finish()?.into_frame()
}
