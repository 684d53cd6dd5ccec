//! The commands of SPL: those that the tree has a form for, one file each, and the names of all others.

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
mod chart;
mod convert;
mod datamodel;
mod dedup;
mod deletemodel;
mod delta;
pub mod differences;
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
mod makecontinuous;
mod makemv;
mod makeresults;
mod map;
mod mcatalog;
mod mstats;
mod multikv;
mod mvcombine;
mod mvexpand;
mod names;
mod nomv;
mod outlier;
mod outputlookup;
mod piped;
mod plain;
mod rangemap;
mod rare;
mod regex;
mod rename;
mod replace;
mod r#return;
mod reverse;
mod rex;
mod search;
mod sort;
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
mod r#where;
mod xmlkv;
mod xmlunescape;
mod xyseries;

#[cfg(test)]
mod tests;

pub use names::{OTHERS, Other, app_of};
pub(crate) use tstats::CLAUSES;

use crate::ast::CommandKind;
use crate::parse::{Parse, Parser};

/// A command that the tree has a form for.
pub struct Typed {
    /// Its name.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// Its arguments, in the notation of Splunk's manual.
    pub syntax: &'static str,
    /// What it does, in one line.
    pub summary: &'static str,
    /// Searches that use it; all of them parse.
    pub examples: &'static [&'static str],
    /// Reads the arguments.
    pub(crate) parse: fn(&mut Parser<'_>) -> Parse<CommandKind>,
    /// Writes the arguments, each with a blank before it.
    pub(crate) print: fn(&CommandKind, &mut String),
}

/// Every command with a form, by name.
pub const TYPED: &[Typed] = &[
    accum::COMMAND,
    addcoltotals::COMMAND,
    addinfo::COMMAND,
    addtotals::COMMAND,
    anomalydetection::COMMAND,
    append::COMMAND,
    appendcols::COMMAND,
    appendpipe::COMMAND,
    apply::COMMAND,
    bin::COMMAND,
    chart::COMMAND,
    convert::COMMAND,
    datamodel::COMMAND,
    dedup::COMMAND,
    deletemodel::COMMAND,
    delta::COMMAND,
    eval::COMMAND,
    eventstats::COMMAND,
    extract::COMMAND,
    fieldformat::COMMAND,
    fields::COMMAND,
    filldown::COMMAND,
    fillnull::COMMAND,
    fit::COMMAND,
    foreach::COMMAND,
    format::COMMAND,
    from::COMMAND,
    fromjson::COMMAND,
    head::COMMAND,
    inputlookup::COMMAND,
    iplocation::COMMAND,
    join::COMMAND,
    listmodels::COMMAND,
    lookup::COMMAND,
    makecontinuous::COMMAND,
    makemv::COMMAND,
    makeresults::COMMAND,
    map::COMMAND,
    mcatalog::COMMAND,
    mstats::COMMAND,
    multikv::COMMAND,
    mvcombine::COMMAND,
    mvexpand::COMMAND,
    nomv::COMMAND,
    outlier::COMMAND,
    outputlookup::COMMAND,
    rangemap::COMMAND,
    rare::COMMAND,
    regex::COMMAND,
    rename::COMMAND,
    replace::COMMAND,
    r#return::COMMAND,
    reverse::COMMAND,
    rex::COMMAND,
    search::COMMAND,
    sort::COMMAND,
    spath::COMMAND,
    stats::COMMAND,
    strcat::COMMAND,
    streamstats::COMMAND,
    summary::COMMAND,
    table::COMMAND,
    tail::COMMAND,
    timechart::COMMAND,
    top::COMMAND,
    transaction::COMMAND,
    transpose::COMMAND,
    tstats::COMMAND,
    uniq::COMMAND,
    untable::COMMAND,
    xyseries::COMMAND,
    r#where::COMMAND,
    xmlkv::COMMAND,
    xmlunescape::COMMAND,
];

/// The typed command of this name, in any letter case.
pub fn typed(name: &str) -> Option<&'static Typed> {
    TYPED.iter().find(|command| {
        command.name.eq_ignore_ascii_case(name) || command.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    })
}

/// True when SPL has a command of this name, whether or not the tree has a form for it.
pub fn known(name: &str) -> bool {
    typed(name).is_some() || OTHERS.iter().any(|other| other.name.eq_ignore_ascii_case(name))
}

/// Every name of a command, aliases included.
pub fn all_names() -> impl Iterator<Item = &'static str> {
    let typed = TYPED.iter().flat_map(|command| std::iter::once(command.name).chain(command.aliases.iter().copied()));
    typed.chain(OTHERS.iter().map(|other| other.name))
}

/// The command whose name is nearest to a misspelt one.
pub fn closest(name: &str) -> Option<&'static str> {
    crate::function::nearest(name, all_names())
}
