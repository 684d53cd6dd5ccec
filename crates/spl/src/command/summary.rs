//! `summary`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = Typed {
    name: "summary",
    aliases: &[],
    syntax: "summary <model>",
    summary: "gives a row for each density of a fitted model",
    examples: &["| summary cloud_excessive_api_calls_v1", "| summary app:m"],
    parse: plain::arguments,
    print: plain::print,
};
