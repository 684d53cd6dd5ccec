//! `filldown`: the last value before, where a field has none.

use super::{Spec, words};
use crate::Op;

pub(super) const SPEC: Spec = Spec {
    name: "filldown",
    check: |checker, command| {
        let written = words::arguments(checker, command)?;
        words::no_options(checker, written);
        Some(Op::Filldown { fields: words::field_list(checker, written) })
    },
};
