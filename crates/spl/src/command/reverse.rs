//! `reverse`

use super::{Typed, plain};

pub(super) const COMMAND: Typed =
    plain::command("reverse", "reverse", "turns the order of results round", &["search * | reverse"]);
