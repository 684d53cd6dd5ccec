//! `tail`: the last rows, the last one first; 10 by default.

use super::{Spec, words};
use crate::Op;

pub(super) const SPEC: Spec = Spec {
    name: "tail",
    check: |checker, command| {
        let written = words::arguments(checker, command)?;
        words::no_options(checker, written);
        words::count(checker, command, written, 10).map(Op::Tail)
    },
};
