//! The commands: one file each, which checks the arguments, follows the fields, and lowers to [`Op`].
//!
//! A new command is a file here, an entry in [`COMMANDS`], and its golden files.

mod accum;
mod addcoltotals;
mod addinfo;
mod addtotals;
mod anomalydetection;
mod append;
mod appendcols;
mod appendpipe;
mod apply;
mod bin;
mod buckets;
mod chart;
mod convert;
mod datamodel;
mod dedup;
mod deletemodel;
mod delta;
mod eval;
mod eventstats;
mod extract;
mod fieldformat;
mod fields;
mod filldown;
mod fillnull;
mod fit;
mod foreach;
mod format;
mod from;
mod fromjson;
mod head;
mod inputlookup;
mod iplocation;
mod join;
mod listmodels;
mod lookup;
mod lookups;
mod makecontinuous;
mod makemv;
mod makeresults;
mod map;
mod mcatalog;
mod models;
mod mstats;
mod multikv;
mod mvcombine;
mod mvexpand;
pub(crate) mod nomv;
mod option;
mod outlier;
mod outputlookup;
mod rangemap;
mod rare;
mod regex;
mod rename;
mod replace;
mod return_;
mod reverse;
mod rex;
mod search;
mod sort;
mod sparkline;
mod spath;
mod stats;
mod strcat;
mod streamstats;
mod summary;
mod table;
mod tail;
mod timechart;
mod top;
mod transaction;
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
use spl::ast::{Command, CommandKind, Field, Plain, Spanned};

use crate::checker::Checker;
use crate::{Inputlookup, Op, Schema};

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
    anomalydetection::SPEC,
    append::SPEC,
    appendcols::SPEC,
    appendpipe::SPEC,
    apply::SPEC,
    bin::SPEC,
    chart::SPEC,
    convert::SPEC,
    datamodel::SPEC,
    dedup::SPEC,
    deletemodel::SPEC,
    delta::SPEC,
    eval::SPEC,
    eventstats::SPEC,
    extract::SPEC,
    fieldformat::SPEC,
    fields::SPEC,
    filldown::SPEC,
    fillnull::SPEC,
    fit::SPEC,
    foreach::SPEC,
    format::SPEC,
    from::SPEC,
    fromjson::SPEC,
    head::SPEC,
    inputlookup::SPEC,
    iplocation::SPEC,
    join::SPEC,
    listmodels::SPEC,
    lookup::SPEC,
    makecontinuous::SPEC,
    makemv::SPEC,
    makeresults::SPEC,
    map::SPEC,
    mcatalog::SPEC,
    mstats::SPEC,
    multikv::SPEC,
    mvcombine::SPEC,
    mvexpand::SPEC,
    nomv::SPEC,
    outlier::SPEC,
    outputlookup::SPEC,
    rangemap::SPEC,
    rare::SPEC,
    regex::SPEC,
    rename::SPEC,
    replace::SPEC,
    return_::SPEC,
    reverse::SPEC,
    rex::SPEC,
    search::SPEC,
    sort::SPEC,
    spath::SPEC,
    stats::SPEC,
    strcat::SPEC,
    streamstats::SPEC,
    summary::SPEC,
    table::SPEC,
    tail::SPEC,
    timechart::SPEC,
    top::SPEC,
    transaction::SPEC,
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
    if let CommandKind::Other { subsearches, .. } = &command.kind {
        subsearches.iter().for_each(|subsearch| checker.subsearch(subsearch));
    }
}

/// A whole lookup, read by its name.
fn inputlookup(checker: &mut Checker<'_>, name: &Spanned<String>) -> Option<Inputlookup> {
    let schema = lookups::find_rows(checker, name);
    checker.schema = schema.as_ref().map_or_else(Schema::open, |schema| schema.rows());
    schema.map(|_| Inputlookup { name: name.value.clone(), filter: None, start: 0, max: None, append: false })
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
