//! `filldown`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = plain::command(
    "filldown",
    "filldown [<wc-field-list>]",
    "puts the last value before where a field has none",
    &["search * | filldown", "search * | filldown dest, score*"],
);
