//! `table`: these columns in this order.

use datafusion::common::Result;

use crate::frame::{Frame, Projected};
use crate::wildcard;

pub(super) fn apply(frame: Frame, names: &[String]) -> Result<Frame> {
    let kept = wildcard::expand(&frame, names);
    only(frame, &kept)
}

/// These columns, which exist.
pub(super) fn only(frame: Frame, names: &[String]) -> Result<Frame> {
    let columns: Vec<Projected> =
        names.iter().filter_map(|name| Some((name.clone(), frame.column(name), frame.kind(name)?))).collect();
    frame.project(columns)
}
