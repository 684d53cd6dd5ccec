//! `listmodels`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = Typed {
    name: "listmodels",
    aliases: &[],
    syntax: "listmodels",
    summary: "gives a row for each fitted model",
    examples: &["| listmodels"],
    parse: plain::arguments,
    print: plain::print,
};
