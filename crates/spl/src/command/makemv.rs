//! `makemv`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = plain::command(
    "makemv",
    "makemv [delim=<string> | tokenizer=<string>] [allowempty=<bool>] [setsv=<bool>] <field>",
    "splits a field into several values",
    &["search * | makemv delim=\",\" allowempty=t x", "search * | makemv tokenizer=\"([^,]+),?\" x"],
);
