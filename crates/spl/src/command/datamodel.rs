//! `datamodel`

use super::{Typed, makeresults};

pub(super) const COMMAND: Typed = Typed {
    name: "datamodel",
    aliases: &[],
    syntax: "datamodel [<model>] [<dataset>] [search | flat | acceleration_search] [<option>=<bool>]...",
    summary: "reads the events of a dataset",
    examples: &["| datamodel Endpoint Processes search", "| datamodel Web Web flat summariesonly=false"],
    parse: makeresults::arguments,
    print: makeresults::print,
};
