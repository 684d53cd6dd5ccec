//! `spath`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = plain::command(
    "spath",
    "spath [input=<field>] [output=<field>] [path=<datapath> | <datapath>]",
    "reads values out of JSON or XML",
    &["search * | spath", "search * | spath input=x output=y path=a.b{}.c", "search * | spath \"query_type{}\""],
);
