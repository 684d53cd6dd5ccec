//! `makecontinuous`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = plain::command(
    "makecontinuous",
    "makecontinuous [<bin-options>]... [<field>]",
    "adds results for the buckets of a field that have none",
    &["search * | makecontinuous span=1h _time", "search * | makecontinuous _time bins=50"],
);
