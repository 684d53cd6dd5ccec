//! `extract`, also called `kv`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = Typed {
    name: "extract",
    aliases: &["kv"],
    syntax: "extract [auto=f] [clean_keys=<bool>] [kvdelim=<string>] [limit=<int>] [maxchars=<int>] [mv_add=<bool>] \
             [pairdelim=<string>] [reload=<bool>] [segment=<bool>] [<extractor-name>...]",
    summary: "makes fields of the pairs of key and value in _raw",
    examples: &["search * | extract pairdelim=\"|;\", kvdelim=\"=:\"", "search * | kv"],
    parse: plain::arguments,
    print: plain::print,
};
