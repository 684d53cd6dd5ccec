//! `search` after a pipe.

use datafusion::common::Result;
use plan::Predicate;

use crate::frame::Frame;
use crate::scan;

pub(super) fn apply(frame: Frame, predicate: &Predicate) -> Result<Frame> {
    scan::filter(frame, predicate)
}
