//! `mvcombine`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = plain::command(
    "mvcombine",
    "mvcombine [delim=<string>] <field>",
    "makes one result of those that differ in one field alone",
    &["search * | mvcombine delim=\":\" host"],
);
