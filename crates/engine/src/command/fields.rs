//! `fields`: keep columns, internal ones (`_time`, `_raw`) too; or remove them.

use datafusion::common::Result;

use crate::frame::{Frame, Projected};
use crate::wildcard;

pub(super) fn keep(frame: Frame, names: &[String]) -> Result<Frame> {
    let mut kept = wildcard::expand(&frame, names);
    let internal = wildcard::matching(&frame, "_*").into_iter();
    kept.extend(internal.filter(|name| !names.contains(name)).collect::<Vec<_>>());
    super::table::only(frame, &kept)
}

pub(super) fn remove(frame: Frame, names: &[String]) -> Result<Frame> {
    let removed = wildcard::expand(&frame, names);
    let kept: Vec<Projected> = frame.all().into_iter().filter(|(name, ..)| !removed.contains(name)).collect();
    frame.project(kept)
}
