//! `outlier`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = Typed {
    name: "outlier",
    aliases: &[],
    syntax: "outlier [action=remove | action=transform] [mark=<bool>] [param=<num>] [uselower=<bool>] [<field-list>]",
    summary: "removes results with numbers far from the others, or cuts the numbers",
    examples: &["search * | outlier action=RM count", "search * | outlier uselower=true mark=true param=4 a, b"],
    parse: plain::arguments,
    print: plain::print,
};
