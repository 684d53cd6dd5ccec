//! `fieldformat`

use super::{Typed, eval};

pub(super) const COMMAND: Typed = Typed {
    name: "fieldformat",
    aliases: &[],
    syntax: "fieldformat <field>=<expression>",
    summary: "says how a field is shown; its value stays",
    examples: &["search * | fieldformat firstTime=strftime(firstTime, \"%F %T\")"],
    parse: eval::arguments,
    print: eval::print,
};
