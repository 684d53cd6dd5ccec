//! `nomv`

use super::{Typed, plain};

pub(super) const COMMAND: Typed =
    plain::command("nomv", "nomv <field>", "makes one value of several", &["search * | nomv senders"]);
