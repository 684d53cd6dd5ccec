//! `head`: the first rows.

use datafusion::common::Result;
use datafusion::logical_expr::lit;

use crate::frame::Frame;

pub(super) fn apply(frame: Frame, limit: u64) -> Result<Frame> {
    if limit == 0 {
        // DataFusion's top-k panics on none.
        return frame.filter(lit(false));
    }
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    frame.step(|plan| plan.limit(0, Some(limit)))
}
