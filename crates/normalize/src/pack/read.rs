//! From the YAML of packs and parts to typed packs.

mod body;
mod extract;
mod reader;

use std::collections::{BTreeMap, BTreeSet};

use std::sync::OnceLock;

use diag::{Files, Report};
use event::Format;
use regex::{RegexSet, RegexSetBuilder};
use text::FileId;

use super::{Join, Layer, MetricsRule, Node, Pack, PackSource, Symbols, TimeRule};
use crate::extract::{Delimiters, From, Step};
use crate::pattern::translated;
use body::{Body, body};
use reader::Reader;

#[cfg(test)]
pub(crate) use reader::parse as parse_expression;

/// All packs that could be read, in the order they are tried.
#[derive(Debug)]
pub(crate) struct Library {
    pub(crate) packs: Vec<Pack>,
    pub(crate) symbols: Symbols,
    /// The patterns of all packs for an event's text, and what they are compiled to when text is first met.
    patterns: Vec<String>,
    raw: OnceLock<RegexSet>,
    /// What is extracted from text that no pack is for.
    pub(crate) automatic: Step,
    /// Keys of JSON objects that only carry events.
    pub(crate) carriers: std::sync::Arc<BTreeSet<String>>,
    /// What times without a year are held against, in microseconds.
    pub(crate) now: Option<i64>,
}

impl Library {
    /// The patterns for an event's text.
    pub(crate) fn raw(&self) -> &RegexSet {
        // Each compiles by itself, and together they are far from the limit.
        let compile = || RegexSetBuilder::new(&self.patterns).size_limit(256 << 20).build().unwrap_or_default();
        self.raw.get_or_init(compile)
    }
}

impl Default for Library {
    fn default() -> Self {
        Self {
            packs: Vec::new(),
            symbols: Symbols::default(),
            patterns: Vec::new(),
            raw: OnceLock::new(),
            automatic: Step::KeyValue(From::Raw, Delimiters::default()),
            carriers: std::sync::Arc::default(),
            now: None,
        }
    }
}

/// A document that was parsed and told by its first key.
struct Document {
    /// It is part of the program.
    is_bundled: bool,
    file: FileId,
    node: Node,
    name: String,
}

/// Read packs and parts. `user` packs are tried before the bundled ones, and one that has the name of a bundled pack
/// or part takes its place.
pub(crate) fn read_library(
    bundled: &[PackSource<'_>],
    user: &[PackSource<'_>],
    files: &mut Files,
) -> (Library, Vec<Report>) {
    let mut reports = Vec::new();
    let mut symbols = Symbols::default();
    let mut parts = BTreeMap::new();
    let mut packs: Vec<Document> = Vec::new();
    for source in bundled {
        sort_in((source, true), files, &mut reports, (&mut parts, &mut packs));
    }
    let mut own = Vec::new();
    for source in user {
        sort_in((source, false), files, &mut reports, (&mut parts, &mut own));
    }
    packs.retain(|pack| own.iter().all(|one| one.name != pack.name));
    // A pack for whatever is left comes behind the others, wherever it lies.
    for packs in [&mut own, &mut packs] {
        packs.sort_by_key(|pack| pack.node.get("last").and_then(Node::as_text) == Some("true"));
    }
    own.extend(packs);

    let mut read = Parts { documents: parts, done: BTreeMap::new() };
    let mut library = Vec::new();
    for document in &own {
        let mut reader = Reader::new(document.file, files.text(document.file).to_owned(), &mut symbols);
        let pack = pack(document, &mut reader, &mut read, files);
        let failed = !reader.reports.is_empty();
        reports.append(&mut reader.reports);
        library.extend(pack.filter(|_| !failed));
    }
    for pack in &mut library {
        // Only now are all names known.
        pack.used = pack.names_used();
        let mut spellings = vec![Vec::new(); symbols.iter().count()];
        for name in &pack.used {
            if let Some(of_name) = spellings.get_mut(name.0) {
                *of_name = pack.spell(symbols.name(*name));
            }
        }
        pack.spellings = spellings;
    }
    reports.extend(read.done.into_values().flat_map(|(_, reports)| reports));
    reports.sort_by_key(|report| (report.primary.at.file.0, report.primary.at.span.start));
    let mut patterns = Vec::new();
    for pack in &mut library {
        pack.raw = (patterns.len()..).take(pack.raw_patterns.len()).collect();
        patterns.append(&mut pack.raw_patterns);
    }
    let carriers = library.iter().flat_map(|pack| pack.carriers.iter().cloned()).collect();
    (
        Library { packs: library, symbols, patterns, carriers: std::sync::Arc::new(carriers), ..Library::default() },
        reports,
    )
}

/// Parse a file and put it where it belongs; test files are left out.
fn sort_in(
    (source, is_bundled): (&PackSource<'_>, bool),
    files: &mut Files,
    reports: &mut Vec<Report>,
    (parts, packs): (&mut BTreeMap<String, Document>, &mut Vec<Document>),
) {
    let file = files.add(source.path, source.text);
    let node = match super::parse_yaml(source.text) {
        Ok(node) => node,
        Err((span, reason)) => {
            reports.push(reader::report(file, span, format!("not well-formed YAML: {reason}")));
            return;
        }
    };
    let named = |key: &str| node.get(key).and_then(Node::as_text).map(str::to_owned);
    match (named("pack"), named("part"), node.get("tests")) {
        (Some(name), None, _) => packs.push(Document { is_bundled, file, node, name }),
        (None, Some(name), _) => {
            parts.insert(name.clone(), Document { is_bundled, file, node, name });
        }
        (None, None, Some(_)) => {}
        _ => reports.push(reader::report(
            file,
            node.span,
            "begins with neither `pack: NAME` nor `part: NAME`".to_owned(),
        )),
    }
}

/// Parts are read once, when a pack first includes them.
struct Parts {
    documents: BTreeMap<String, Document>,
    done: BTreeMap<String, (Option<Body>, Vec<Report>)>,
}

impl Parts {
    fn get(&mut self, name: &str, symbols: &mut Symbols, files: &Files) -> Option<&(Option<Body>, Vec<Report>)> {
        if !self.done.contains_key(name) {
            let document = self.documents.get(name)?;
            let mut reader = Reader::new(document.file, files.text(document.file).to_owned(), symbols);
            let mut keys = vec!["part", "description", "when"];
            keys.extend(body::KEYS);
            reader.tables(&document.node);
            reader.symbols.is_known = document.is_bundled;
            let body = reader.map(&document.node, &keys).and_then(|_| body(&mut reader, &document.node));
            self.done.insert(name.to_owned(), (body, reader.reports));
        }
        self.done.get(name)
    }
}

const PACK_KEYS: &[&str] = &[
    "pack",
    "description",
    "formats",
    "carriers",
    "last",
    "match",
    "extract",
    "sourcetype",
    "also",
    "source",
    "host",
    "names",
    "include",
    "join",
    "metrics",
];

fn pack(document: &Document, reader: &mut Reader<'_>, parts: &mut Parts, files: &Files) -> Option<Pack> {
    let node = &document.node;
    let mut keys = PACK_KEYS.to_vec();
    keys.extend(body::KEYS);
    reader.map(node, &keys)?;
    if let Some((text, span)) = reader.texts(node, "last").first()
        && text != "true"
    {
        reader.report(*span, "`last` is `true` or left out".to_owned());
    }
    reader.symbols.is_known = document.is_bundled;
    let matches = extract::matches(reader, node)?;
    let mut texts = |key| reader.texts(node, key).into_iter().map(|(text, _)| text).collect::<Vec<_>>();
    let (carriers, also) = (texts("carriers"), texts("also"));
    let mut pack = Pack {
        name: document.name.clone(),
        description: reader.optional_text(node, "description").unwrap_or_default(),
        formats: formats(reader, node)?,
        carriers,
        also,
        matches: matches.fields,
        raw_patterns: matches.raw.iter().map(|pattern| translated(pattern.as_str())).collect(),
        raw: Vec::new(),
        files: matches.files,
        extract: extract::steps(reader, node),
        sourcetype: reader.required_text(node, "sourcetype")?,
        source: reader.templates(node, "source"),
        host: reader.templates(node, "host"),
        join: join(reader, node)?,
        metrics: metrics(reader, node)?,
        names: names(reader, node)?,
        layers: Vec::new(),
        scopes: Vec::new(),
        times: Vec::new(),
        condition_fields: Vec::new(),
        used: Vec::new(),
        spellings: Vec::new(),
    };
    for part in reader.texts(node, "include") {
        let (name, span) = part;
        match parts.get(&name, reader.symbols, files) {
            Some((Some(body), reports)) if reports.is_empty() => add(&mut pack, body.clone()),
            Some(_) => reader.report(span, format!("part `{name}` has a mistake, so this pack is not loaded")),
            None => reader.report(span, format!("no part is named `{name}`")),
        }
    }
    // After the parts, which have tables of their own.
    reader.tables(node);
    reader.symbols.is_known = document.is_bundled;
    let own = body(reader, node)?;
    add(&mut pack, own);
    if pack.metrics.is_some() && !pack.layers.is_empty() {
        reader.report(node.span, "metrics have no `fields` and no `groups`: they are in no data model".to_owned());
    }
    if pack.join.is_none()
        && pack.names_used().iter().any(|name| super::of_record(reader.symbols.name(*name)).is_some())
    {
        let message = "`record(…)` reads other records of the same event: say under `join` what they share";
        reader.report(node.span, message.to_owned());
    }
    pack.condition_fields = condition_fields(&pack);
    if !matches.raw.is_empty() && pack.formats != [Format::Lines] {
        reader.report(
            node.span,
            "`_raw` can be matched in the format `lines` alone: others are told by their fields".to_owned(),
        );
    }
    if pack.layers.len() > 128 {
        reader.report(node.span, "more than 128 groups".to_owned());
    }
    Some(pack)
}

fn condition_fields(pack: &Pack) -> Vec<super::NameId> {
    let mut names = Vec::new();
    let conditions = pack.scopes.iter().chain(pack.layers.iter().filter_map(|layer| layer.when.as_ref()));
    conditions.for_each(|condition| condition.names(&mut names));
    names.sort_unstable_by_key(|name| name.0);
    names.dedup();
    names
}

/// Put a part's or the pack's own definitions over those that are there.
fn add(pack: &mut Pack, body: Body) {
    let scope = body.scope.map(|scope| {
        pack.scopes.push(scope);
        pack.scopes.len() - 1
    });
    pack.layers.extend(body.layers.into_iter().map(|layer| Layer { scope, ..layer }));
    pack.times.extend(body.times.into_iter().map(|rule| TimeRule { scope, ..rule }));
}

fn formats(reader: &mut Reader<'_>, node: &Node) -> Option<Vec<Format>> {
    let mut formats = Vec::new();
    for (name, span) in reader.texts(node, "formats") {
        match crate::output::FORMATS.iter().find(|(_, known)| *known == name) {
            Some((format, _)) => formats.push(*format),
            None => {
                let known: Vec<String> = crate::output::FORMATS.iter().map(|(_, name)| format!("`{name}`")).collect();
                reader.report(span, format!("unknown format `{name}`; known are {}", known.join(", ")));
            }
        }
    }
    if formats.is_empty() {
        reader.report(node.span, "`formats` names no format".to_owned());
        return None;
    }
    Some(formats)
}

/// `join: {by: FIELD, kind: FIELD}`; the outer `None` is a mistake.
fn join(reader: &mut Reader<'_>, node: &Node) -> Option<Option<Join>> {
    let Some(map) = node.get("join") else {
        return Some(None);
    };
    reader.map(map, &["by", "kind"])?;
    let (by, kind) = (reader.required_text(map, "by")?, reader.required_text(map, "kind")?);
    Some(Some(Join { by: by.into(), kind: kind.into() }))
}

/// `metrics: {from: fields, index: …, sourcetype: …}`; the outer `None` is a mistake.
fn metrics(reader: &mut Reader<'_>, node: &Node) -> Option<Option<MetricsRule>> {
    let Some(map) = node.get("metrics") else {
        return Some(None);
    };
    reader.map(map, &["from", "index", "sourcetype"])?;
    let from = reader.required_text(map, "from")?;
    let (index, sourcetype) = (reader.templates(map, "index"), reader.templates(map, "sourcetype"));
    Some(Some(MetricsRule { prefix: format!("{from}."), index, sourcetype }))
}

fn names(reader: &mut Reader<'_>, node: &Node) -> Option<BTreeMap<String, Vec<String>>> {
    let Some(map) = node.get("names") else {
        return Some(BTreeMap::new());
    };
    let mut names = BTreeMap::new();
    for (key, value) in reader.any_map(map)? {
        let spellings: Vec<String> = reader.texts_of(value).into_iter().map(|(text, _)| text).collect();
        if key != "*" && key.contains('*') {
            reader.report(map.span, format!("`{key}`: only a lone `*` may stand for other names"));
        }
        names.insert(key, spellings);
    }
    Some(names)
}
