//! `mvexpand`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = plain::command(
    "mvexpand",
    "mvexpand <field> [limit=<int>]",
    "makes a result of each value of a field",
    &["search * | mvexpand a{}.b", "search * | mvexpand x limit=100"],
);
