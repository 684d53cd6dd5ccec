//! `uniq`: rows that are equal to the one before are dropped.

use super::{Spec, words};
use crate::Op;

pub(super) const SPEC: Spec = Spec {
    name: "uniq",
    check: |checker, command| {
        let op = words::bare(checker, command, Op::Uniq)?;
        // Rows are compared by all their fields.
        checker.needs("*");
        Some(op)
    },
};
