//! `deletemodel`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = Typed {
    name: "deletemodel",
    aliases: &[],
    syntax: "deletemodel <model>",
    summary: "deletes a fitted model",
    examples: &["| deletemodel cmdline_pdfmodel"],
    parse: plain::arguments,
    print: plain::print,
};
