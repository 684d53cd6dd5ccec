//! `reverse`: the rows in the opposite order.

use super::{Spec, plain};
use crate::Op;

pub(super) const SPEC: Spec =
    Spec { name: "reverse", check: |checker, command| plain::bare(checker, command, Op::Reverse) };
