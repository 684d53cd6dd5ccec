//! `addinfo`: when the search runs, and over which time.

use super::{Spec, words};
use crate::Op;

pub(super) const SPEC: Spec = Spec {
    name: "addinfo",
    check: |checker, command| {
        let op = words::bare(checker, command, Op::Addinfo)?;
        for made in ["info_min_time", "info_max_time", "info_sid", "info_search_time"] {
            checker.schema.add(made);
        }
        Some(op)
    },
};
