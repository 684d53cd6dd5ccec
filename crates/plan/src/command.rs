//! The commands: one file each, which checks the arguments, follows the fields, and lowers to [`Op`].
//!
//! A new command is a file here, an entry in [`COMMANDS`], and its golden files.

mod bin;
mod convert;
mod dedup;
mod eval;
mod eventstats;
mod fields;
mod fillnull;
mod head;
mod inputlookup;
mod iplocation;
mod lookup;
mod lookups;
mod option;
mod outputlookup;
mod regex;
mod rename;
mod search;
mod sort;
mod stats;
mod table;
mod tstats;
mod where_;

pub use convert::SUPPORTED_CONVERSIONS;
use diag::{Diagnostic, codes};
pub(crate) use lookups::span_of;
use spl::ast::{Command, CommandKind};

use crate::checker::Checker;
use crate::{Op, Schema};

/// A command that Weir runs.
pub(crate) struct Spec {
    /// Its name, lower case.
    pub(crate) name: &'static str,
    /// Check it, leave the fields after it, and lower it. `None` when it was refused.
    pub(crate) check: fn(&mut Checker<'_>, &Command) -> Option<Op>,
}

const COMMANDS: &[Spec] = &[
    bin::SPEC,
    convert::SPEC,
    dedup::SPEC,
    eval::SPEC,
    eventstats::SPEC,
    fields::SPEC,
    fillnull::SPEC,
    head::SPEC,
    inputlookup::SPEC,
    iplocation::SPEC,
    lookup::SPEC,
    outputlookup::SPEC,
    regex::SPEC,
    rename::SPEC,
    search::SPEC,
    sort::SPEC,
    stats::SPEC,
    table::SPEC,
    tstats::SPEC,
    where_::SPEC,
];

/// The names of the commands that Weir runs, in order.
pub fn supported_commands() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|spec| spec.name)
}

/// A command that Weir runs, by its name or another name for it.
pub(crate) fn find(name: &str) -> Option<&'static Spec> {
    let canonical = spl::command::typed(name)?.name;
    COMMANDS.iter().find(|spec| spec.name == canonical)
}

/// Report a command that Weir does not run, and look into its subsearches.
pub(crate) fn refuse(checker: &mut Checker<'_>, command: &Command, name: &str) {
    let span = command.name.span;
    let written = &command.name.value;
    if spl::command::known(name) {
        checker.unsupported(codes::UNSUPPORTED_COMMAND, span, format!("command `{written}` is not supported"));
    } else {
        let found = Diagnostic::error(codes::UNKNOWN_COMMAND, span, format!("unknown command `{written}`"))
            .label("no such command");
        checker.unknown(found, spl::command::closest(name));
    }
    if let CommandKind::Other { subsearches, .. } = &command.kind {
        // The body of `foreach` is a template, no pipeline.
        if name != "foreach" {
            subsearches.iter().for_each(|subsearch| checker.subsearch(subsearch));
        }
    }
}

/// A command that works on results cannot come first.
pub(crate) fn wants_results(checker: &mut Checker<'_>, command: &Command) -> Option<()> {
    if !checker.first {
        return Some(());
    }
    let message = format!("`{}` needs results to work on", command.name.value);
    let found = Diagnostic::error(codes::SYNTAX, command.name.span, message)
        .label("a search starts with a command that reads events");
    checker.push(found.help("start with search terms or `tstats`"));
    checker.schema = Schema::open();
    None
}
