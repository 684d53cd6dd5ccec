//! `uniq`

use super::{Typed, plain};

pub(super) const COMMAND: Typed =
    plain::command("uniq", "uniq", "drops results that are equal to the one before", &["search * | uniq"]);
