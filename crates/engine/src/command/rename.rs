//! `rename`: a column gets another name in its place. A column that had that name is gone; renaming what does not exist
//! to what does removes it, as the manual says.

use datafusion::common::Result;

use crate::frame::{Frame, Projected};
use crate::wildcard;

pub(super) fn apply(frame: Frame, renamings: &[(String, String)]) -> Result<Frame> {
    let mut columns = frame.all();
    for (from, to) in renamings {
        let names: Vec<String> = columns.iter().map(|(name, ..)| name.clone()).collect();
        if !from.contains('*') && !names.contains(from) {
            columns.retain(|(name, ..)| name != to);
            continue;
        }
        for name in names {
            if let Some(captured) = wildcard::capture(from, &name) {
                rename(&mut columns, &name, wildcard::fill(to, &captured));
            }
        }
    }
    frame.project(columns)
}

fn rename(columns: &mut Vec<Projected>, from: &str, to: String) {
    if from == to {
        return;
    }
    columns.retain(|(name, ..)| *name != to);
    if let Some(column) = columns.iter_mut().find(|(name, ..)| name == from) {
        column.0 = to;
    }
}
