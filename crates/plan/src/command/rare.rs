//! `rare`: the combinations of values that occur least.

use super::Spec;
use super::top::{Frequency, lower};

pub(super) const SPEC: Spec =
    Spec { name: "rare", check: |checker, command| lower(checker, command, Frequency::Least) };
