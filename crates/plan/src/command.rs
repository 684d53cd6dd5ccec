//! The commands: one file each, which checks the arguments, follows the fields, and lowers to [`Op`].
//!
//! A new command is a file here, an entry in [`COMMANDS`], and its golden files.

mod anomalydetection;
mod apply;
mod bin;
mod convert;
mod dedup;
mod deletemodel;
mod eval;
mod eventstats;
mod extract;
mod fields;
mod fillnull;
mod fit;
mod fromjson;
mod head;
mod listmodels;
mod lookups;
mod makemv;
mod mcatalog;
mod models;
mod mstats;
mod multikv;
mod mvcombine;
mod mvexpand;
pub(crate) mod nomv;
mod outlier;
mod plain;
mod regex;
mod rename;
mod replace;
mod rex;
mod search;
mod sort;
mod spath;
mod stats;
mod strcat;
mod summary;
mod table;
mod tstats;
mod where_;
mod xmlkv;
mod xmlunescape;

pub use convert::SUPPORTED_CONVERSIONS;
use diag::{Diagnostic, codes};
pub(crate) use lookups::span_of;
pub(crate) use search::Results;
use spl::ast::{Command, CommandKind, Field, Plain};

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
    anomalydetection::SPEC,
    apply::SPEC,
    bin::SPEC,
    convert::SPEC,
    dedup::SPEC,
    deletemodel::SPEC,
    eval::SPEC,
    eventstats::SPEC,
    extract::SPEC,
    fields::SPEC,
    fillnull::SPEC,
    fit::SPEC,
    fromjson::SPEC,
    head::SPEC,
    listmodels::SPEC,
    makemv::SPEC,
    mcatalog::SPEC,
    mstats::SPEC,
    multikv::SPEC,
    mvcombine::SPEC,
    mvexpand::SPEC,
    nomv::SPEC,
    outlier::SPEC,
    regex::SPEC,
    rename::SPEC,
    replace::SPEC,
    rex::SPEC,
    search::SPEC,
    sort::SPEC,
    spath::SPEC,
    stats::SPEC,
    strcat::SPEC,
    summary::SPEC,
    table::SPEC,
    tstats::SPEC,
    where_::SPEC,
    xmlkv::SPEC,
    xmlunescape::SPEC,
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
    if let Some(app) = spl::command::app_of(name) {
        let message = format!("command `{written}` of the app {app} is not supported");
        checker.unsupported(codes::UNSUPPORTED_COMMAND, span, message);
    } else if spl::command::known(name) {
        checker.unsupported(codes::UNSUPPORTED_COMMAND, span, format!("command `{written}` is not supported"));
    } else {
        let found = Diagnostic::error(codes::UNKNOWN_COMMAND, span, format!("unknown command `{written}`"))
            .label("no such command");
        checker.unknown(found, spl::command::closest(name));
    }
    if let CommandKind::Other { arguments, subsearches, span } = &command.kind {
        lookups::note(checker, name, arguments, *span);
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

/// True for the columns that `summary` gives beside the groups' fields.
pub(crate) fn is_summary(name: &str) -> bool {
    fit::SUMMARY.contains(&name)
}

/// A command that makes rows of its own must come first.
pub(crate) fn comes_first(checker: &mut Checker<'_>, command: &Command) {
    if !checker.first {
        let message = format!("`{}` must be the first command of a search", command.name.value);
        checker.push(Diagnostic::error(codes::SYNTAX, command.name.span, message));
    }
}

/// The one name that a command takes; what stands beside it is reported.
pub(crate) fn one_name<'p>(
    checker: &mut Checker<'_>,
    command: &Command,
    plain: &'p Plain,
    what: &str,
) -> Option<&'p Field> {
    plain.options.iter().for_each(|(name, _)| stats::unknown_option(checker, name, &[]));
    match plain.fields.as_slice() {
        [name] => Some(name),
        [] => {
            let message = format!("`{}` needs the name of {what}", command.name.value);
            checker.push(Diagnostic::error(codes::SYNTAX, command.span, message));
            None
        }
        [_, extra, ..] => {
            let message = format!("`{}` takes the name of {what} alone", command.name.value);
            checker.push(Diagnostic::error(codes::SYNTAX, extra.span, message));
            None
        }
    }
}

/// Report the arguments of a command that takes none.
pub(crate) fn no_arguments(checker: &mut Checker<'_>, command: &Command, plain: &Plain) {
    plain.options.iter().for_each(|(name, _)| stats::unknown_option(checker, name, &[]));
    if let Some(field) = plain.fields.first() {
        let message = format!("`{}` takes no argument", command.name.value);
        checker.push(Diagnostic::error(codes::SYNTAX, field.span, message));
    }
}
