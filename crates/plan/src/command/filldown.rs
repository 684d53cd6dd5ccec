//! `filldown`: the last value before, where a field has none.

use super::{Spec, plain};
use crate::Op;

pub(super) const SPEC: Spec = Spec {
    name: "filldown",
    check: |checker, command| {
        let written = plain::arguments(checker, command)?;
        plain::no_options(checker, written);
        Some(Op::Filldown { fields: plain::field_list(checker, written) })
    },
};
