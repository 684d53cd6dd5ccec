//! `match` and `extract` of a pack.

use std::collections::HashMap;
use std::sync::Arc;

use super::reader::Reader;
use crate::extract::{Delimiters, From, Step};
use crate::pack::{Kind, NameId, Node, Wildcard};
use crate::pattern::Pattern;

/// What an event must look like.
#[derive(Debug, Default)]
pub(super) struct Matches {
    /// Fields and their patterns.
    pub(super) fields: Vec<(NameId, Vec<Wildcard>)>,
    /// Regular expressions of which the text must match one; none given is any text.
    pub(super) raw: Vec<Arc<Pattern>>,
    /// Patterns of which the file's name must match one.
    pub(super) files: Vec<Wildcard>,
}

pub(super) fn matches(reader: &mut Reader<'_>, node: &Node) -> Option<Matches> {
    let mut matches = Matches::default();
    let Some(map) = node.get("match") else {
        return Some(matches);
    };
    for (key, value) in reader.any_map(map)? {
        match &*key {
            "_raw" => {
                for (pattern, span) in reader.texts_of(value) {
                    matches.raw.extend(reader.regex(&pattern, span));
                }
            }
            "_file" => {
                matches.files.extend(reader.texts_of(value).into_iter().map(|(text, _)| Wildcard::new(&text)));
            }
            _ => {
                let patterns = reader.texts_of(value).into_iter().map(|(text, _)| Wildcard::new(&text)).collect();
                matches.fields.push((reader.symbols.intern(&key), patterns));
            }
        }
    }
    Some(matches)
}

/// The steps under `extract`.
pub(super) fn steps(reader: &mut Reader<'_>, node: &Node) -> Vec<Step> {
    let list = match node.get("extract").map(|list| (&list.kind, list.span)) {
        None => return Vec::new(),
        Some((Kind::List(list), _)) => list,
        Some((_, span)) => {
            reader.report(span, "expected a list of steps".to_owned());
            return Vec::new();
        }
    };
    list.iter().filter_map(|one| step(reader, one)).collect()
}

const STEPS: &[&str] = &["regex", "kv", "csv", "json", "pairs"];

/// A map with one of [`STEPS`], and what that needs.
fn step(reader: &mut Reader<'_>, node: &Node) -> Option<Step> {
    let kind = STEPS.iter().copied().find(|kind| node.get(kind).is_some());
    let from = match reader.optional_text(node, "from").as_deref() {
        None | Some("_raw") => From::Raw,
        Some(name) => From::Field(name.into()),
    };
    match kind {
        Some("regex") => regex(reader, node, from),
        Some("kv") => {
            reader.map(node, &["from", "kv"])?;
            let options = node.get("kv")?;
            let mut delimiters = Delimiters::default();
            if !matches!(options.as_text(), Some("auto")) {
                reader.map(options, &["pairs", "key"])?;
                delimiters.pairs = reader.optional_text(options, "pairs").map(|text| unescape(&text));
                delimiters.key = reader.optional_text(options, "key").map(|text| unescape(&text));
            }
            Some(Step::KeyValue(from, delimiters))
        }
        Some("csv") => {
            reader.map(node, &["from", "csv", "delimiter"])?;
            let delimiter = reader.optional_text(node, "delimiter").map_or(",".into(), |text| unescape(&text));
            let mut characters = delimiter.chars();
            let (Some(delimiter), None) = (characters.next(), characters.next()) else {
                reader.report(node.span, "`delimiter` is one character".to_owned());
                return None;
            };
            let names = reader.texts(node, "csv").into_iter().map(|(name, _)| name.into()).collect();
            Some(Step::Csv(from, delimiter, names))
        }
        Some("json") => {
            reader.map(node, &["json", "prefix"])?;
            let from = match reader.required_text(node, "json")?.as_str() {
                "_raw" => From::Raw,
                name => From::Field(name.into()),
            };
            Some(Step::Json(from, reader.optional_text(node, "prefix").unwrap_or_default().into()))
        }
        Some("pairs") => {
            reader.map(node, &["pairs"])?;
            let pairs = node.get("pairs")?;
            reader.map(pairs, &["names", "values"])?;
            let (names, values) = (reader.required_text(pairs, "names")?, reader.required_text(pairs, "values")?);
            Some(Step::Pairs(names.into(), values.into()))
        }
        _ => {
            reader.report(node.span, "a step is one of `regex`, `kv`, `csv`, `json`, `pairs`".to_owned());
            None
        }
    }
}

/// One regular expression, a list of them, or with `by` a map from a field's values.
fn regex(reader: &mut Reader<'_>, node: &Node, from: From) -> Option<Step> {
    reader.map(node, &["from", "regex", "by"])?;
    let patterns = node.get("regex")?;
    let Some(by) = reader.optional_text(node, "by") else {
        let texts = reader.texts_of(patterns);
        let regexes = texts.into_iter().filter_map(|(text, span)| reader.named_groups(&text, span)).collect();
        return Some(Step::Regex(from, regexes));
    };
    let mut regexes = HashMap::new();
    for (values, pattern) in reader.any_map(patterns)? {
        let Some(text) = pattern.as_text() else {
            reader.report(pattern.span, "expected a regular expression".to_owned());
            continue;
        };
        if let Some(regex) = reader.named_groups(text, pattern.span) {
            regexes.extend(values.split(',').map(|value| (value.trim().into(), regex.clone())));
        }
    }
    Some(Step::RegexBy(from, by.into(), regexes))
}

impl Reader<'_> {
    fn regex(&mut self, text: &str, span: text::Span) -> Option<Arc<Pattern>> {
        match self.symbols.pattern(text) {
            Ok(pattern) => Some(pattern),
            Err(reason) => {
                self.report(span, reason);
                None
            }
        }
    }

    fn named_groups(&mut self, text: &str, span: text::Span) -> Option<Arc<Pattern>> {
        let pattern = self.regex(text, span)?;
        let has_none = || pattern.get().is_some_and(|regex| regex.capture_names().flatten().next().is_none());
        if !self.symbols.is_known && has_none() {
            self.report(span, "no group has a name, so no field is extracted: write `(?<name>…)`".to_owned());
        }
        Some(pattern)
    }
}

/// `\t` is a tab.
fn unescape(text: &str) -> Box<str> {
    text.replace("\\t", "\t").replace("\\n", "\n").into()
}
