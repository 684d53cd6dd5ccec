//! `reverse`: the rows in the opposite order.

use super::{Spec, words};
use crate::Op;

pub(super) const SPEC: Spec =
    Spec { name: "reverse", check: |checker, command| words::bare(checker, command, Op::Reverse) };
