//! `xyseries`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = plain::command(
    "xyseries",
    "xyseries [grouped=<bool>] <x-field> <y-name-field> <y-data-field>... [sep=<string>] [format=<string>]",
    "makes a table of results that hold a cell each",
    &["search * | xyseries dest user count", "search * | xyseries grouped=t dest user count, size sep=\"-\""],
);
