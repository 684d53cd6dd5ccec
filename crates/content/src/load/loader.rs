//! Puts together what the files gave: one value for each name, names looked up, titles filled in.

use std::collections::HashMap;

use diag::{Files, Report, Severity, codes};
use text::{FileId, FileSpan, Span};

use super::merge::{Kept, Merge};
use super::{Content, Item, kind, mentions, report};
use crate::model::{
    AnalyticType, DataSource, Deployment, Detection, Lookup, LookupFile, LookupSource, Macro, NamedSchedule, Story,
};
use crate::schema::Read;

/// Everything that was read, before it is put together.
#[derive(Default)]
pub(super) struct Loader {
    pub(super) detections: Vec<Kept<Detection>>,
    pub(super) baselines: Vec<Kept<Detection>>,
    pub(super) macros: Vec<Kept<Macro>>,
    pub(super) lookups: Vec<Kept<Lookup>>,
    pub(super) tables: Vec<(usize, LookupFile)>,
    pub(super) stories: Vec<Kept<Story>>,
    pub(super) deployments: Vec<Kept<Deployment>>,
    pub(super) schedules: Vec<Kept<NamedSchedule>>,
    pub(super) data_sources: Vec<Kept<DataSource>>,
    pub(super) reports: Vec<Report>,
    pub(super) ignored: Vec<FileId>,
}

impl Loader {
    pub(super) fn sort_in(&mut self, folder: usize, item: Item) {
        match item {
            Item::Detection(read) => self.detections.push(Kept { folder, read }),
            Item::Baseline(read) => self.baselines.push(Kept { folder, read }),
            Item::Macro(read) => self.macros.push(Kept { folder, read }),
            Item::Lookup(read) => self.lookups.push(Kept { folder, read }),
            Item::Table(table) => self.table(folder, table),
            Item::Story(read) => self.stories.push(Kept { folder, read }),
            Item::Deployment(read) => self.deployments.push(Kept { folder, read }),
            Item::Schedule(read) => self.schedules.push(Kept { folder, read }),
            Item::DataSource(read) => self.data_sources.push(Kept { folder, read }),
        }
    }

    /// A later folder's table wins, as its definitions do; within a folder the first.
    fn table(&mut self, folder: usize, table: LookupFile) {
        match self.tables.iter_mut().find(|(_, known)| known.name == table.name) {
            Some((before, known)) if *before != folder => (*before, *known) = (folder, table),
            Some(_) => {
                let at = FileSpan { file: table.file, span: Span::new(0, 0) };
                let message = format!("another file of this folder is called `{}`", table.name);
                self.reports.push(report(codes::DUPLICATE_NAME, Severity::Error, at, message));
            }
            None => self.tables.push((folder, table)),
        }
    }

    /// A lookup over a file that is not there finds nothing. The tables of other apps are the user's to give.
    fn missing_tables(&mut self) {
        for kept in &self.lookups {
            let lookup = &kept.read.value;
            let LookupSource::Csv(file) = &lookup.source else { continue };
            let is_there = self.tables.iter().any(|(_, table)| table.name == *file);
            if !is_there && lookup.app.is_none() {
                let message = format!("lookup `{}` is over the file `{file}`, which is not loaded", lookup.name);
                self.reports.push(report(codes::UNKNOWN_REFERENCE, Severity::Warning, lookup.name_at, message));
            }
        }
    }

    pub(super) fn finish(mut self, files: Files) -> Content {
        let reports = &mut self.reports;
        let by_name = |what: &'static str| Merge { what };
        self.detections = by_name("detection").run(self.detections, |read| read.name.0.clone(), reports);
        self.baselines = by_name("baseline").run(self.baselines, |read| read.name.0.clone(), reports);
        let macro_key = |read: &Read<Macro>| match read.value.arguments.len() {
            0 => read.value.name.clone(),
            count => format!("{}({count})", read.value.name),
        };
        self.macros = by_name("macro").run(self.macros, macro_key, reports);
        self.lookups = by_name("lookup").run(self.lookups, |read| read.name.0.clone(), reports);
        self.stories = by_name("analytic story").run(self.stories, |read| read.name.0.clone(), reports);
        let type_key = |read: &Read<Deployment>| format!("for type {}", read.value.kind.as_str());
        self.deployments = by_name("deployment").run(self.deployments, type_key, reports);
        self.schedules = by_name("schedule").run(self.schedules, |read| read.name.0.clone(), reports);
        self.data_sources = by_name("data source").run(self.data_sources, |read| read.name.0.clone(), reports);
        mentions::resolve(&mut self);
        self.missing_tables();
        self.fill_schedules();
        self.fill_titles();
        self.reports.sort_by_key(|report| (report.primary.at.file, report.primary.at.span.start));
        let filters =
            self.detections.iter().chain(&self.baselines).flat_map(|kept| filter_names(&files, &kept.read.value));
        let filters = filters.collect();
        let macros: Vec<Macro> = values(self.macros);
        let index = macros.iter().enumerate().map(|(at, known)| ((known.name.clone(), known.arguments.len()), at));
        Content {
            macro_index: index.collect(),
            detections: values(self.detections),
            baselines: values(self.baselines),
            macros,
            lookups: values(self.lookups),
            tables: self.tables.into_iter().map(|(_, table)| table).collect(),
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

    /// ESCU 6 has no deployments but schedules for classes of detections; one of a later folder changes the default.
    fn fill_schedules(&mut self) {
        for kept in &mut self.deployments {
            let name = match kept.read.value.kind {
                AnalyticType::Baseline => "Default Baseline",
                AnalyticType::Correlation => "Default FindingBasedDetection",
                AnalyticType::Ttp | AnalyticType::Anomaly | AnalyticType::Hunting => "Default EventBasedDetection",
            };
            let later = |other: &&Kept<NamedSchedule>| other.read.name.0 == name && other.folder > kept.folder;
            if let Some(schedule) = self.schedules.iter().find(later) {
                kept.read.value.schedule = schedule.read.value.schedule.clone();
            }
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
            let Some(finding) = detection.finding.as_mut().filter(|finding| finding.title.is_empty()) else {
                continue;
            };
            let template = titles.get(&detection.kind).map_or("%name%", String::as_str);
            let title = template.replace("%name%", &detection.name).replace("%description%", &detection.description);
            let prefix = if detection.kind == AnalyticType::Correlation { "RBA: " } else { "" };
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
        .map(|letter| if letter.is_alphanumeric() { letter.to_ascii_lowercase() } else { '_' })
        .collect();
    [format!("{}_filter", kind::stem(files.path(detection.file))), format!("{slug}_filter")]
}
