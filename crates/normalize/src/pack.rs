//! Packs: what an add-on does in its configuration files, as typed data.
//!
//! A pack says which events it is for, how their `_time`, `host`, `source` and `sourcetype` are made, which fields the
//! add-on computes, and which event types and tags it gives. What several packs share stands in a *part* that they include.

mod read;
mod yaml;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use event::{FieldNames, Format};

use crate::expr::Op;
use crate::extract::Step;
use crate::pattern::Pattern;
use crate::run::Candidates;

#[cfg(test)]
pub(crate) use read::parse_expression;
pub(crate) use read::{Library, read_library};
pub(crate) use yaml::{Kind, Node, parse as parse_yaml};

/// A pack or part as the caller read it from a file.
#[derive(Debug, Clone, Copy)]
pub struct PackSource<'a> {
    /// The file's path, as users know it.
    pub path: &'a str,
    /// Its YAML.
    pub text: &'a str,
}

/// Names that expressions read, one table for all packs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Symbols {
    names: Vec<String>,
    ids: HashMap<String, NameId, foldhash::fast::RandomState>,
    /// The tables of the file that is being read.
    pub(crate) tables: BTreeMap<String, Arc<ValueTable>>,
    /// Regular expressions of the file that is being read are known to compile.
    pub(crate) is_known: bool,
}

/// What the names of other records' fields begin with. No table shows a field of such a name.
const OF_RECORD: char = '\u{1}';

/// Kind of record and field, when a name is one of [`Symbols::intern_record`].
pub(crate) fn of_record(name: &str) -> Option<(&str, &str)> {
    name.strip_prefix(OF_RECORD)?.split_once(OF_RECORD)
}

/// Texts by text; `*` stands for every other.
pub(crate) type ValueTable = HashMap<Box<str>, Box<str>>;

/// An entry of [`Symbols`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NameId(pub(crate) usize);

impl Symbols {
    pub(crate) fn intern(&mut self, name: &str) -> NameId {
        if let Some(known) = self.ids.get(name) {
            return *known;
        }
        let id = NameId(self.names.len());
        self.names.push(name.to_owned());
        self.ids.insert(name.to_owned(), id);
        id
    }

    /// A regular expression, or why it is none.
    pub(crate) fn pattern(&self, text: &str) -> Result<Arc<Pattern>, String> {
        if self.is_known { Ok(Arc::new(Pattern::known(text))) } else { Pattern::new(text).map(Arc::new) }
    }

    /// The field of another record of the same event.
    pub(crate) fn intern_record(&mut self, kind: &str, field: &str) -> NameId {
        self.intern(&format!("{OF_RECORD}{kind}{OF_RECORD}{field}"))
    }

    pub(crate) fn name(&self, id: NameId) -> &str {
        self.names.get(id.0).map_or("", |name| name)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }
}

/// A pack, its parts copied into it.
#[derive(Debug, Clone)]
pub(crate) struct Pack {
    /// Its name.
    pub(crate) name: String,
    /// One line.
    pub(crate) description: String,
    /// The forms its events come in.
    pub(crate) formats: Vec<Format>,
    /// Keys of JSON objects that only carry its events.
    pub(crate) carriers: Vec<String>,
    /// Other sourcetypes that its events may be given as.
    pub(crate) also: Vec<String>,
    /// Fields that its events have, and the patterns that one of must match.
    pub(crate) matches: Vec<(NameId, Vec<Wildcard>)>,
    /// Patterns that one of must match their text: until the library is complete.
    pub(crate) raw_patterns: Vec<String>,
    /// The same, by place in the library's set.
    pub(crate) raw: Vec<usize>,
    /// Patterns that one of must match the file's name.
    pub(crate) files: Vec<Wildcard>,
    /// How fields are taken from their text.
    pub(crate) extract: Vec<Step>,
    /// The sourcetype of its events.
    pub(crate) sourcetype: String,
    /// How `source` is made: the first that can be filled.
    pub(crate) source: Vec<Template>,
    /// How `host` is made.
    pub(crate) host: Vec<Template>,
    /// How the records of one event are told.
    pub(crate) join: Option<Join>,
    /// Its events are metrics: where their measurements stand.
    pub(crate) metrics: Option<MetricsRule>,
    /// How the definitions' names are written in its events; `*` stands for every other name.
    pub(crate) names: BTreeMap<String, Vec<String>>,
    /// What computes something, weakest first.
    pub(crate) layers: Vec<Layer>,
    /// Conditions that layers share.
    pub(crate) scopes: Vec<Op>,
    /// Where `_time` comes from: the first that can be read.
    pub(crate) times: Vec<TimeRule>,
    /// The names that the conditions of scopes and layers read.
    pub(crate) condition_fields: Vec<NameId>,
    /// The names that it reads.
    pub(crate) used: Vec<NameId>,
    /// By [`NameId`]: how each name that it reads may be spelled in its events, best first.
    pub(crate) spellings: Vec<Vec<String>>,
}

impl Pack {
    /// Its names in a batch.
    pub(crate) fn candidates(&self, names: &FieldNames) -> Vec<Candidates> {
        let mut found = vec![Candidates::default(); self.spellings.len()];
        for name in &self.used {
            if let (Some(found), Some(spellings)) = (found.get_mut(name.0), self.spellings.get(name.0)) {
                *found = Candidates::find(spellings, names);
            }
        }
        found
    }

    /// False when no event of a batch has a field that it asks for.
    pub(crate) fn is_possible(&self, names: &FieldNames) -> bool {
        let known = |name: &NameId| {
            self.spellings.get(name.0).is_some_and(|spellings| spellings.iter().any(|one| names.get(one).is_some()))
        };
        self.matches.iter().all(|(name, _)| known(name))
    }

    /// The names that it reads, each once.
    pub(crate) fn names_used(&self) -> Vec<NameId> {
        let mut names: Vec<NameId> = self.matches.iter().map(|(name, _)| *name).collect();
        let templates = self.source.iter().chain(&self.host);
        let metrics = self.metrics.iter().flat_map(|rule| rule.index.iter().chain(&rule.sourcetype));
        for piece in templates.chain(metrics).flat_map(|template| &template.0) {
            if let Piece::Field(name) = piece {
                names.push(*name);
            }
        }
        self.scopes.iter().for_each(|scope| scope.names(&mut names));
        self.times.iter().for_each(|rule| rule.value.names(&mut names));
        for layer in &self.layers {
            layer.when.iter().for_each(|when| when.names(&mut names));
            layer.fields.iter().for_each(|(_, op)| op.names(&mut names));
        }
        names.sort_unstable_by_key(|name| name.0);
        names.dedup();
        names
    }

    /// May it be for events of this file?
    pub(crate) fn is_for_file(&self, file: &str) -> bool {
        self.files.is_empty() || self.files.iter().any(|pattern| pattern.matches(file))
    }

    /// Is it for events that are given this sourcetype?
    pub(crate) fn is_for_sourcetype(&self, sourcetype: &str) -> bool {
        let mut names = self.also.iter().chain([&self.sourcetype]);
        names.any(|name| name.eq_ignore_ascii_case(sourcetype))
    }

    /// The spellings of a name, from [`Pack::names`].
    fn spell(&self, name: &str) -> Vec<String> {
        if of_record(name).is_some() {
            return vec![name.to_owned()];
        }
        match (self.names.get(name), self.names.get("*")) {
            (Some(spellings), _) => spellings.clone(),
            (None, Some(patterns)) => patterns.iter().map(|pattern| pattern.replace('*', name)).collect(),
            (None, None) => vec![name.to_owned()],
        }
    }
}

/// Events that are records of a larger one.
#[derive(Debug, Clone)]
pub(crate) struct Join {
    /// The field whose value the records of one event share.
    pub(crate) by: Box<str>,
    /// The field that says what kind of record it is.
    pub(crate) kind: Box<str>,
}

/// Where the measurements and dimensions of a metric event stand.
#[derive(Debug, Clone)]
pub(crate) struct MetricsRule {
    /// What the names of its fields begin with: `fields.`
    pub(crate) prefix: String,
    /// How `index` is made.
    pub(crate) index: Vec<Template>,
    /// How `sourcetype` is made; the pack's own where that cannot be filled.
    pub(crate) sourcetype: Vec<Template>,
}

/// Fields, event types and tags for the events that a condition holds for.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    /// Index of a condition in [`Pack::scopes`].
    pub(crate) scope: Option<usize>,
    /// Its own condition.
    pub(crate) when: Option<Op>,
    /// Computed fields.
    pub(crate) fields: Vec<(String, Op)>,
    /// Event types.
    pub(crate) eventtypes: Vec<String>,
    /// Tags.
    pub(crate) tags: Vec<String>,
}

/// A place where `_time` may stand.
#[derive(Debug, Clone)]
pub(crate) struct TimeRule {
    /// Index of a condition in [`Pack::scopes`].
    pub(crate) scope: Option<usize>,
    /// The field, or what is made of several.
    pub(crate) value: Op,
    /// How it is written.
    pub(crate) format: TimeFormat,
}

/// How a time is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TimeFormat {
    /// `2020-08-01T05:46:30.0630000Z`, with `T` or a blank, any number of decimals; without a zone it is UTC.
    Iso,
    /// Seconds since 1970, decimals allowed.
    Epoch,
    /// Milliseconds since 1970.
    EpochMillis,
    /// Microseconds since 1970.
    EpochMicros,
    /// Nanoseconds since 1970.
    EpochNanos,
    /// `08/01/2020 05:46:30 AM`, UTC.
    UsClock,
    /// A format of `strptime`; a time without a year is the latest such time that is not in the future.
    Strptime(String),
}

/// Text with `$Field$` in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template(pub(crate) Vec<Piece>);

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Text.
    Text(String),
    /// The value of a field.
    Field(NameId),
}

/// A pattern as in a search term: case is ignored, `*` is any text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wildcard {
    /// The parts between the wildcards, in lower case.
    parts: Vec<String>,
}

impl Wildcard {
    pub(crate) fn new(pattern: &str) -> Self {
        Self { parts: pattern.split('*').map(str::to_lowercase).collect() }
    }

    /// Does the whole value match?
    pub(crate) fn matches(&self, value: &str) -> bool {
        match &*self.parts {
            [exact] if value.is_ascii() => value.eq_ignore_ascii_case(exact),
            [exact] => value.to_lowercase() == *exact,
            [first, last] if first.is_empty() && last.is_empty() => true,
            [first, middle @ .., last] => {
                let value = value.to_lowercase();
                let Some(rest) = value.strip_prefix(&**first).and_then(|rest| rest.strip_suffix(&**last)) else {
                    return false;
                };
                contains_in_order(rest, middle)
            }
            [] => false,
        }
    }
}

fn contains_in_order(mut text: &str, parts: &[String]) -> bool {
    for part in parts {
        match text.split_once(&**part) {
            Some((_, rest)) => text = rest,
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::Wildcard;

    #[track_caller]
    fn check(pattern: &str, value: &str, expected: bool) {
        assert_eq!(Wildcard::new(pattern).matches(value), expected, "{pattern} {value}");
    }

    #[test]
    fn wildcards_ignore_case() {
        check("*", "", true);
        check("success", "Success", true);
        check("ÄRGER", "ärger", true);
        check("*$", "PC7$", true);
        check("*$", "PC7$x", false);
        check("im_*", "im_msvistalog", true);
        check("a*b*c", "a1b2c", true);
        check("a*b*c", "acb", false);
        check("ab*ba", "aba", false);
        check("*b*", "abc", true);
        check("", "x", false);
    }
}
