//! Files in, content out.

use std::collections::{BTreeSet, HashMap};

use diag::{Code, FileLabel, Files, Report, Severity, codes};
use rayon::prelude::*;
use text::{FileId, FileSpan};

use crate::door::Door;
use crate::model::{
    AnalyticType, DataSource, Deployment, Detection, Lookup, LookupFile, Macro, NamedSchedule, Schedule, Story,
};
use crate::schema::{self, Read, detection::Role};
use crate::yaml;

mod kind;
mod loader;
mod mentions;
mod merge;
#[cfg(test)]
mod tests;

use kind::Kind;
use loader::Loader;

/// A file's path, as users see it, and its text. One whose name ends in `.csv` is the table of a lookup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path; its folders tell the kind of content (`…/macros/x.yml`).
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// Content that is loaded, checked and ready to expand.
///
/// Lists keep the order of loading. What could not be read is in `reports`, never dropped in silence.
#[derive(Default)]
pub struct Content {
    /// Detections.
    pub detections: Vec<Detection>,
    /// Baselines: searches that fill lookups or models.
    pub baselines: Vec<Detection>,
    /// Macros.
    pub macros: Vec<Macro>,
    /// Lookup definitions.
    pub lookups: Vec<Lookup>,
    /// The tables of lookups, by the names of their files.
    pub tables: Vec<LookupFile>,
    /// Analytic stories.
    pub stories: Vec<Story>,
    /// The default configuration of each type of detection.
    pub deployments: Vec<Deployment>,
    /// Schedules with a name.
    pub schedules: Vec<NamedSchedule>,
    /// Data sources.
    pub data_sources: Vec<DataSource>,
    /// Every file that was given.
    pub files: Files,
    /// What is wrong, in the order of files and places.
    pub reports: Vec<Report>,
    /// Files that hold no content: playbooks, dashboards, other YAML.
    pub ignored: Vec<FileId>,
    macro_index: HashMap<(String, usize), usize>,
    filters: BTreeSet<String>,
}

/// One document of a file.
enum Item {
    Detection(Read<Detection>),
    Baseline(Read<Detection>),
    Macro(Read<Macro>),
    Lookup(Read<Lookup>),
    Table(LookupFile),
    Story(Read<Story>),
    Deployment(Read<Deployment>),
    Schedule(Read<NamedSchedule>),
    DataSource(Read<DataSource>),
}

/// What one file gave.
#[derive(Default)]
struct Parsed {
    items: Vec<Item>,
    reports: Vec<Report>,
    ignored: bool,
}

impl Content {
    /// Load the files of one content folder, in this order.
    pub fn load(files: Vec<SourceFile>) -> Self {
        Self::load_folders(vec![files])
    }

    /// Load several content folders. Where two folders define the same thing, the later folder's definition wins, so
    /// that a site's own macros and schedules survive an update of the content; within one folder it is a report.
    pub fn load_folders(folders: Vec<Vec<SourceFile>>) -> Self {
        let mut files = Files::default();
        let mut jobs = Vec::new();
        for (folder, sources) in folders.into_iter().enumerate() {
            let root = kind::root(sources.iter().map(|source| source.path.as_str()));
            for source in sources {
                // Files have a byte order mark where an editor of Windows wrote one.
                let text = source.text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(source.text);
                jobs.push(Job { folder, root, file: files.add(source.path, text) });
            }
        }
        let parsed: Vec<Parsed> = jobs.par_iter().map(|job| parse(&files, job)).collect();
        let mut loader = Loader::default();
        for (job, parsed) in jobs.iter().zip(parsed) {
            loader.reports.extend(parsed.reports);
            if parsed.ignored {
                loader.ignored.push(job.file);
            }
            for item in parsed.items {
                loader.sort_in(job.folder, item);
            }
        }
        loader.finish(files)
    }

    /// The macro of this name that takes this many arguments.
    pub fn macro_of(&self, name: &str, arguments: usize) -> Option<&Macro> {
        self.macros.get(*self.macro_index.get(&(name.to_owned(), arguments))?)
    }

    /// The macros of this name, whatever they take.
    pub(crate) fn macros_named<'c>(&'c self, name: &'c str) -> impl Iterator<Item = &'c Macro> {
        self.macros.iter().filter(move |known| known.name == name)
    }

    /// True for the filter macro of a loaded detection or baseline: its file's or its own name and `_filter`.
    pub fn is_filter(&self, name: &str) -> bool {
        self.filters.contains(name)
    }

    /// The filter macros of the loaded detections and baselines, sorted.
    pub(crate) fn filter_names(&self) -> impl Iterator<Item = &str> {
        self.filters.iter().map(String::as_str)
    }

    /// The detection of this name or id, in any case.
    pub fn detection(&self, name_or_id: &str) -> Option<&Detection> {
        let is = |detection: &&Detection| {
            detection.name.eq_ignore_ascii_case(name_or_id) || detection.id.eq_ignore_ascii_case(name_or_id)
        };
        self.detections.iter().find(is)
    }

    /// The lookup definition of this name.
    pub fn lookup(&self, name: &str) -> Option<&Lookup> {
        self.lookups.iter().find(|lookup| lookup.name == name)
    }

    /// The table in the CSV file of this name.
    pub fn table(&self, file: &str) -> Option<&LookupFile> {
        self.tables.iter().find(|table| table.name == file)
    }

    /// The data source of this name.
    pub fn data_source(&self, name: &str) -> Option<&DataSource> {
        self.data_sources.iter().find(|source| source.name == name)
    }

    /// The default configuration of a type.
    pub fn deployment(&self, kind: AnalyticType) -> Option<&Deployment> {
        self.deployments.iter().find(|deployment| deployment.kind == kind)
    }

    /// When a detection runs: its own schedule, or its type's.
    pub fn schedule_of<'c>(&'c self, detection: &'c Detection) -> Option<&'c Schedule> {
        let default = || self.deployment(detection.kind).map(|deployment| &deployment.schedule);
        detection.schedule.as_ref().or_else(default)
    }

    /// What is wrong in one file.
    pub fn reports_in(&self, file: FileId) -> impl Iterator<Item = &Report> {
        self.reports.iter().filter(move |report| report.primary.at.file == file)
    }

    /// True when a file has an error, so that what it defines must not run.
    pub fn is_broken(&self, file: FileId) -> bool {
        self.reports_in(file).any(|report| report.severity == Severity::Error)
    }
}

/// A file to read.
struct Job {
    folder: usize,
    /// See [`kind::root`].
    root: usize,
    file: FileId,
}

fn parse(files: &Files, job: &Job) -> Parsed {
    let file = job.file;
    let (path, source) = (files.path(file), files.text(file));
    let by_path = kind::by_path(path, job.root);
    if by_path == Some(Kind::Ignored) {
        return Parsed { ignored: true, ..Parsed::default() };
    }
    if is_table(path) {
        return Parsed { items: vec![Item::Table(table(path, source, file))], ..Parsed::default() };
    }
    let mut door = Door::new(source, file);
    let documents = match yaml::parse(source) {
        Ok(documents) => documents,
        Err(problem) => {
            let report = door.report(codes::BAD_YAML, Severity::Error, problem.at, problem.message);
            report.help = problem.help.map(str::to_owned);
            return Parsed { reports: door.reports, ..Parsed::default() };
        }
    };
    let mut parsed = Parsed::default();
    if by_path.is_some() && documents.iter().all(yaml::Node::is_null) {
        let at = text::Span::new(0, 0);
        door.report(codes::BAD_YAML, Severity::Error, at, "the file holds nothing".to_owned());
    }
    let stem = kind::stem(path);
    for document in documents.iter().filter(|document| !document.is_null()) {
        let kind = by_path.unwrap_or_else(|| kind::by_keys(document));
        match kind {
            Kind::Ignored => parsed.ignored = true,
            _ => parsed.items.extend(item(&mut door, document, kind, stem)),
        }
    }
    parsed.ignored |= by_path.is_none() && documents.iter().all(yaml::Node::is_null);
    parsed.ignored &= parsed.items.is_empty();
    parsed.reports = door.reports;
    parsed
}

/// True for the file of a table; all others are YAML.
fn is_table(path: &str) -> bool {
    path.get(path.len().saturating_sub(4)..).is_some_and(|ending| ending.eq_ignore_ascii_case(".csv"))
}

fn table(path: &str, text: &str, file: FileId) -> LookupFile {
    let header = text::csv::rows(text).next().unwrap_or_default();
    let mut columns: Vec<String> = Vec::with_capacity(header.len());
    for name in header.into_iter().filter(|name| !name.is_empty()) {
        if !columns.iter().any(|known| *known == name) {
            columns.push(name.into_owned());
        }
    }
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned();
    LookupFile { name, columns, file }
}

fn item(door: &mut Door<'_>, node: &yaml::Node<'_>, kind: Kind, stem: &str) -> Option<Item> {
    match kind {
        Kind::Detection => schema::detection::read(door, node, Role::Detection).map(Item::Detection),
        Kind::Baseline => schema::detection::read(door, node, Role::Baseline).map(Item::Baseline),
        Kind::Macro => schema::macros::read(door, node).map(Item::Macro),
        Kind::Lookup => schema::lookup::read(door, node, stem).map(Item::Lookup),
        Kind::Story => schema::story::read(door, node).map(Item::Story),
        Kind::Deployment => schema::deployment::read(door, node).map(Item::Deployment),
        Kind::Schedule => schema::schedule::named(door, node).map(Item::Schedule),
        Kind::DataSource => schema::data_source::read(door, node).map(Item::DataSource),
        Kind::Ignored => None,
    }
}

/// A report about content that contradicts other content.
fn report(code: Code, severity: Severity, at: FileSpan, message: String) -> Report {
    let primary = FileLabel { at, text: String::new() };
    Report { code, severity, message, primary, secondary: Vec::new(), help: None }
}
