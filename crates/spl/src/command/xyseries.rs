//! `xyseries`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = Typed {
    name: "xyseries",
    aliases: &[],
    syntax: "xyseries [grouped=<bool>] <x-field> <y-name-field> <y-data-field>... [sep=<string>] [format=<string>]",
    summary: "makes a table of results that hold a cell each",
    examples: &["search * | xyseries dest user count", "search * | xyseries grouped=t dest user count, size sep=\"-\""],
    parse: plain::arguments,
    print: plain::print,
};
