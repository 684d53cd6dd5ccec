//! `transpose`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = Typed {
    name: "transpose",
    aliases: &[],
    syntax: "transpose [<N>] [column_name=<string>] [header_field=<field>] [include_empty=<bool>]",
    summary: "makes columns of results and results of columns",
    examples: &["search * | transpose", "search * | transpose 0 column_name=name header_field=dest"],
    parse: plain::arguments,
    print: plain::print,
};
