//! `transpose`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = plain::command(
    "transpose",
    "transpose [<N>] [column_name=<string>] [header_field=<field>] [include_empty=<bool>]",
    "makes columns of results and results of columns",
    &["search * | transpose", "search * | transpose 0 column_name=name header_field=dest"],
);
