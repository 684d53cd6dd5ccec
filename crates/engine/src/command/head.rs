//! `head`: the first rows.

use datafusion::common::Result;

use crate::frame::Frame;

pub(super) fn apply(frame: Frame, limit: u64) -> Result<Frame> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    frame.step(|plan| plan.limit(0, Some(limit)))
}
