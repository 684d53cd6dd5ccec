//! `makecontinuous`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = Typed {
    name: "makecontinuous",
    aliases: &[],
    syntax: "makecontinuous [<bin-options>]... [<field>]",
    summary: "adds results for the buckets of a field that have none",
    examples: &["search * | makecontinuous span=1h _time", "search * | makecontinuous _time bins=50"],
    parse: plain::arguments,
    print: plain::print,
};
