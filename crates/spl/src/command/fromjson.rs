//! `fromjson`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = plain::command(
    "fromjson",
    "fromjson <field> [prefix=<string>]",
    "makes fields of the members of a JSON object",
    &["search * | fromjson Data", "search * | fromjson Data prefix=my_"],
);
