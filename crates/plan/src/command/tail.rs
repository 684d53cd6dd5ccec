//! `tail`: the last rows, the last one first; 10 by default.

use super::{Spec, plain};
use crate::Op;

pub(super) const SPEC: Spec = Spec {
    name: "tail",
    check: |checker, command| {
        let written = plain::arguments(checker, command)?;
        plain::no_options(checker, written);
        plain::count(checker, command, written, 10).map(Op::Tail)
    },
};
