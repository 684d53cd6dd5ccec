//! Files in, content out.

use std::collections::{HashMap, HashSet};

use diag::{Code, FileLabel, Files, Report, Severity, codes};
use rayon::prelude::*;
use text::{FileId, FileSpan};

use crate::door::Door;
use crate::model::{
    AnalyticType, DataSource, Deployment, Detection, Lookup, Macro, NamedSchedule, Schedule, Story,
};
use crate::schema::{self, Read, detection::Role};
use crate::yaml;

mod kind;
mod mentions;
mod merge;
#[cfg(test)]
mod tests;

use kind::Kind;
use merge::Kept;

/// A file's path, as users see it, and its text.
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
    filters: HashSet<String>,
}

/// One document of a file.
enum Item {
    Detection(Read<Detection>),
    Baseline(Read<Detection>),
    Macro(Read<Macro>),
    Lookup(Read<Lookup>),
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
                let text = source
                    .text
                    .strip_prefix('\u{feff}')
                    .map(str::to_owned)
                    .unwrap_or(source.text);
                jobs.push(Job {
                    folder,
                    root,
                    file: files.add(source.path, text),
                });
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
        self.macros
            .get(*self.macro_index.get(&(name.to_owned(), arguments))?)
    }

    /// The macros of this name, whatever they take.
    pub(crate) fn macros_named<'c>(&'c self, name: &'c str) -> impl Iterator<Item = &'c Macro> {
        self.macros.iter().filter(move |known| known.name == name)
    }

    /// True for the filter macro of a loaded detection or baseline: its file's or its own name and `_filter`.
    pub fn is_filter(&self, name: &str) -> bool {
        self.filters.contains(name)
    }

    /// The detection of this name or id, in any case.
    pub fn detection(&self, name_or_id: &str) -> Option<&Detection> {
        let is = |detection: &&Detection| {
            detection.name.eq_ignore_ascii_case(name_or_id)
                || detection.id.eq_ignore_ascii_case(name_or_id)
        };
        self.detections.iter().find(is)
    }

    /// The lookup definition of this name.
    pub fn lookup(&self, name: &str) -> Option<&Lookup> {
        self.lookups.iter().find(|lookup| lookup.name == name)
    }

    /// The data source of this name.
    pub fn data_source(&self, name: &str) -> Option<&DataSource> {
        self.data_sources.iter().find(|source| source.name == name)
    }

    /// The default configuration of a type.
    pub fn deployment(&self, kind: AnalyticType) -> Option<&Deployment> {
        self.deployments
            .iter()
            .find(|deployment| deployment.kind == kind)
    }

    /// When a detection runs: its own schedule, or its type's.
    pub fn schedule_of<'c>(&'c self, detection: &'c Detection) -> Option<&'c Schedule> {
        let default = || {
            self.deployment(detection.kind)
                .map(|deployment| &deployment.schedule)
        };
        detection.schedule.as_ref().or_else(default)
    }

    /// What is wrong in one file.
    pub fn reports_in(&self, file: FileId) -> impl Iterator<Item = &Report> {
        self.reports
            .iter()
            .filter(move |report| report.primary.at.file == file)
    }

    /// True when a file has an error, so that what it defines must not run.
    pub fn is_broken(&self, file: FileId) -> bool {
        self.reports_in(file)
            .any(|report| report.severity == Severity::Error)
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
        return Parsed {
            ignored: true,
            ..Parsed::default()
        };
    }
    let mut door = Door::new(source, file);
    let documents = match yaml::parse(source) {
        Ok(documents) => documents,
        Err(problem) => {
            door.report(
                codes::BAD_YAML,
                Severity::Error,
                problem.at,
                problem.message,
            );
            return Parsed {
                reports: door.reports,
                ..Parsed::default()
            };
        }
    };
    let mut parsed = Parsed::default();
    if by_path.is_some() && documents.iter().all(yaml::Node::is_null) {
        let at = text::Span::new(0, 0);
        door.report(
            codes::BAD_YAML,
            Severity::Error,
            at,
            "the file holds nothing".to_owned(),
        );
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

fn item(door: &mut Door<'_>, node: &yaml::Node<'_>, kind: Kind, stem: &str) -> Option<Item> {
    match kind {
        Kind::Detection => {
            schema::detection::read(door, node, Role::Detection).map(Item::Detection)
        }
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

/// Everything that was read, before it is put together.
#[derive(Default)]
struct Loader {
    detections: Vec<Kept<Detection>>,
    baselines: Vec<Kept<Detection>>,
    macros: Vec<Kept<Macro>>,
    lookups: Vec<Kept<Lookup>>,
    stories: Vec<Kept<Story>>,
    deployments: Vec<Kept<Deployment>>,
    schedules: Vec<Kept<NamedSchedule>>,
    data_sources: Vec<Kept<DataSource>>,
    reports: Vec<Report>,
    ignored: Vec<FileId>,
}

impl Loader {
    fn sort_in(&mut self, folder: usize, item: Item) {
        match item {
            Item::Detection(read) => self.detections.push(Kept { folder, read }),
            Item::Baseline(read) => self.baselines.push(Kept { folder, read }),
            Item::Macro(read) => self.macros.push(Kept { folder, read }),
            Item::Lookup(read) => self.lookups.push(Kept { folder, read }),
            Item::Story(read) => self.stories.push(Kept { folder, read }),
            Item::Deployment(read) => self.deployments.push(Kept { folder, read }),
            Item::Schedule(read) => self.schedules.push(Kept { folder, read }),
            Item::DataSource(read) => self.data_sources.push(Kept { folder, read }),
        }
    }

    fn finish(mut self, files: Files) -> Content {
        let reports = &mut self.reports;
        let by_name = |what: &'static str| merge::Merge { what };
        self.detections =
            by_name("detection").run(self.detections, |read| read.name.0.clone(), reports);
        self.baselines =
            by_name("baseline").run(self.baselines, |read| read.name.0.clone(), reports);
        let macro_key =
            |read: &Read<Macro>| format!("{}({})", read.value.name, read.value.arguments.len());
        self.macros = by_name("macro").run(self.macros, macro_key, reports);
        self.lookups = by_name("lookup").run(self.lookups, |read| read.name.0.clone(), reports);
        self.stories =
            by_name("analytic story").run(self.stories, |read| read.name.0.clone(), reports);
        let type_key = |read: &Read<Deployment>| format!("for type {}", read.value.kind.as_str());
        self.deployments = by_name("deployment").run(self.deployments, type_key, reports);
        self.schedules =
            by_name("schedule").run(self.schedules, |read| read.name.0.clone(), reports);
        self.data_sources =
            by_name("data source").run(self.data_sources, |read| read.name.0.clone(), reports);
        mentions::resolve(&mut self);
        self.fill_titles();
        self.reports
            .sort_by_key(|report| (report.primary.at.file, report.primary.at.span.start));
        let filters = self
            .detections
            .iter()
            .chain(&self.baselines)
            .flat_map(|kept| filter_names(&files, &kept.read.value));
        let filters = filters.collect();
        let macros: Vec<Macro> = values(self.macros);
        let index = macros
            .iter()
            .enumerate()
            .map(|(at, known)| ((known.name.clone(), known.arguments.len()), at));
        Content {
            macro_index: index.collect(),
            detections: values(self.detections),
            baselines: values(self.baselines),
            macros,
            lookups: values(self.lookups),
            stories: values(self.stories),
            deployments: values(self.deployments),
            schedules: values(self.schedules),
            data_sources: values(self.data_sources),
            files,
            reports: self.reports,
            ignored: self.ignored,
            filters,
        }
    }

    /// Findings of ESCU 4 and 5 get their title from the type's deployment; the app adds `RBA: ` to correlations.
    fn fill_titles(&mut self) {
        let titles: HashMap<AnalyticType, String> = self
            .deployments
            .iter()
            .filter_map(|kept| Some((kept.read.value.kind, kept.read.value.finding_title.clone()?)))
            .collect();
        for kept in &mut self.detections {
            let detection = &mut kept.read.value;
            let Some(finding) = detection
                .finding
                .as_mut()
                .filter(|finding| finding.title.is_empty())
            else {
                continue;
            };
            let template = titles.get(&detection.kind).map_or("%name%", String::as_str);
            let title = template
                .replace("%name%", &detection.name)
                .replace("%description%", &detection.description);
            let prefix = if detection.kind == AnalyticType::Correlation {
                "RBA: "
            } else {
                ""
            };
            finding.title = format!("{prefix}{title}");
        }
    }
}

fn values<T>(kept: Vec<Kept<T>>) -> Vec<T> {
    kept.into_iter().map(|kept| kept.read.value).collect()
}

/// The names that a detection's filter macro may have.
fn filter_names(files: &Files, detection: &Detection) -> [String; 2] {
    let slug: String = detection
        .name
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter.to_ascii_lowercase()
            } else {
                '_'
            }
        })
        .collect();
    [
        format!("{}_filter", kind::stem(files.path(detection.file))),
        format!("{slug}_filter"),
    ]
}

/// A report about content that contradicts other content.
fn report(code: Code, severity: Severity, at: FileSpan, message: String) -> Report {
    let primary = FileLabel {
        at,
        text: String::new(),
    };
    Report {
        code,
        severity,
        message,
        primary,
        secondary: Vec::new(),
        help: None,
    }
}
