//! `addinfo`

use super::{Typed, plain};

pub(super) const COMMAND: Typed =
    plain::command("addinfo", "addinfo", "adds when and over which time the search runs", &["search * | addinfo"]);
