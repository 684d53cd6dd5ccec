//! The commands: one file each, which checks the arguments, follows the fields, and lowers to [`Op`].
//!
//! A new command is a file here, an entry in [`COMMANDS`], and its golden files.

mod accum;
mod addcoltotals;
mod addinfo;
mod addtotals;
mod bin;
mod buckets;
mod chart;
mod convert;
mod dedup;
mod delta;
mod eval;
mod eventstats;
mod extract;
mod fieldformat;
mod fields;
mod filldown;
mod fillnull;
mod fromjson;
mod head;
mod lookups;
mod makecontinuous;
mod makemv;
mod multikv;
mod mvcombine;
mod mvexpand;
pub(crate) mod nomv;
mod option;
mod plain;
mod rangemap;
mod rare;
mod regex;
mod rename;
mod replace;
mod reverse;
mod rex;
mod search;
mod sort;
mod sparkline;
mod spath;
mod stats;
mod strcat;
mod streamstats;
mod table;
mod tail;
mod timechart;
mod top;
mod transpose;
mod tstats;
mod uniq;
mod untable;
mod where_;
mod words;
mod xmlkv;
mod xmlunescape;
mod xyseries;

pub use convert::SUPPORTED_CONVERSIONS;
use diag::{Diagnostic, codes};
pub(crate) use lookups::span_of;
pub(crate) use search::Results;
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
    accum::SPEC,
    addcoltotals::SPEC,
    addinfo::SPEC,
    addtotals::SPEC,
    bin::SPEC,
    chart::SPEC,
    convert::SPEC,
    dedup::SPEC,
    delta::SPEC,
    eval::SPEC,
    eventstats::SPEC,
    extract::SPEC,
    fieldformat::SPEC,
    fields::SPEC,
    filldown::SPEC,
    fillnull::SPEC,
    fromjson::SPEC,
    head::SPEC,
    makecontinuous::SPEC,
    makemv::SPEC,
    multikv::SPEC,
    mvcombine::SPEC,
    mvexpand::SPEC,
    nomv::SPEC,
    rangemap::SPEC,
    rare::SPEC,
    regex::SPEC,
    rename::SPEC,
    replace::SPEC,
    reverse::SPEC,
    rex::SPEC,
    search::SPEC,
    sort::SPEC,
    spath::SPEC,
    stats::SPEC,
    strcat::SPEC,
    streamstats::SPEC,
    table::SPEC,
    tail::SPEC,
    timechart::SPEC,
    top::SPEC,
    transpose::SPEC,
    tstats::SPEC,
    uniq::SPEC,
    untable::SPEC,
    where_::SPEC,
    xmlkv::SPEC,
    xmlunescape::SPEC,
    xyseries::SPEC,
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

/// The aggregate for a unit of time in a command that knows no spans ("Time functions", `per_day`: "with the timechart command").
pub(crate) fn per_unit_of_time(op: &Op) -> Option<&str> {
    let aggregations = match op {
        Op::Stats { aggregations, .. } | Op::Eventstats { aggregations, .. } => aggregations,
        Op::Sparklines(made) => &made.aggregations,
        Op::Streamstats(made) => &made.aggregations,
        Op::Chart(made) => &made.aggregations,
        Op::Tstats(made) => &made.aggregations,
        Op::Mstats(made) => &made.aggregations,
        _ => return None,
    };
    let names = ["per_day", "per_hour", "per_minute", "per_second"];
    aggregations.iter().map(|made| made.function.as_str()).find(|function| names.contains(function))
}
