//! `mcatalog`

use super::{Typed, mstats};

pub(super) const COMMAND: Typed = Typed {
    name: "mcatalog",
    aliases: &[],
    syntax: "mcatalog values(<field>) [AS <field>]... [WHERE <search-query>] [BY <field-list>]",
    summary: "gives the names, dimensions and values that metrics have",
    examples: &["| mcatalog values(metric_name) where index=* by host", "| mcatalog values(_dims) as dims"],
    parse: mstats::parse,
    print: mstats::print,
};
