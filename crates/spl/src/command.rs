//! The commands of SPL: those that the tree has a form for, one file each, and the names of all others.

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
mod makemv;
mod mcatalog;
mod mstats;
mod multikv;
mod mvcombine;
mod mvexpand;
mod names;
mod nomv;
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
mod streamstats;
mod summary;
mod table;
mod tstats;
mod r#where;
mod xmlkv;
mod xmlunescape;

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
    anomalydetection::COMMAND,
    apply::COMMAND,
    bin::COMMAND,
    convert::COMMAND,
    dedup::COMMAND,
    deletemodel::COMMAND,
    eval::COMMAND,
    eventstats::COMMAND,
    extract::COMMAND,
    fields::COMMAND,
    fillnull::COMMAND,
    fit::COMMAND,
    fromjson::COMMAND,
    head::COMMAND,
    listmodels::COMMAND,
    makemv::COMMAND,
    mcatalog::COMMAND,
    mstats::COMMAND,
    multikv::COMMAND,
    mvcombine::COMMAND,
    mvexpand::COMMAND,
    nomv::COMMAND,
    outlier::COMMAND,
    regex::COMMAND,
    rename::COMMAND,
    replace::COMMAND,
    rex::COMMAND,
    search::COMMAND,
    sort::COMMAND,
    spath::COMMAND,
    stats::COMMAND,
    strcat::COMMAND,
    streamstats::COMMAND,
    summary::COMMAND,
    table::COMMAND,
    tstats::COMMAND,
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
