//! Content as Weir holds it, whatever generation of the schema it was written in.

use text::{FileId, FileSpan, Mapped};

/// `TTP`, `Anomaly`, `Hunting`, `Correlation`, or `Baseline` for baselines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnalyticType {
    /// Creates a finding and intermediate findings.
    Ttp,
    /// Creates intermediate findings only.
    Anomaly,
    /// Creates nothing by itself.
    Hunting,
    /// Works on risk; creates findings.
    Correlation,
    /// Prepares lookups or models.
    Baseline,
}

impl AnalyticType {
    /// Every type, in the order of the manuals.
    pub const ALL: [Self; 5] = [Self::Ttp, Self::Anomaly, Self::Hunting, Self::Correlation, Self::Baseline];

    /// As content spells it: `TTP`, `Anomaly`, …
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ttp => "TTP",
            Self::Anomaly => "Anomaly",
            Self::Hunting => "Hunting",
            Self::Correlation => "Correlation",
            Self::Baseline => "Baseline",
        }
    }
}

/// The content's own status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Tested and shipped.
    Production,
    /// Shipped, not fully tested.
    Experimental,
    /// Kept for reference; not run without being asked for.
    Deprecated,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Production, Self::Experimental, Self::Deprecated];

    /// As content spells it: `production`, …
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Experimental => "experimental",
            Self::Deprecated => "deprecated",
        }
    }
}

/// The generation of the schema that a detection is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Generation {
    /// ESCU 4: `tags.observable`, `tags.risk_score`, `tags.message`.
    Four,
    /// ESCU 5: `rba`.
    Five,
    /// ESCU 6: `finding`, `intermediate_findings`, `threat_objects`.
    Six,
}

/// A detection (or a baseline, which has no outcome).
#[derive(Debug, Clone)]
pub struct Detection {
    /// `Windows Ngrok Reverse Proxy Usage`.
    pub name: String,
    /// UUID, lower case.
    pub id: String,
    /// Version.
    pub version: u32,
    /// Author.
    pub author: String,
    /// `YYYY-MM-DD` of the last change (`modification_date`, `date`).
    pub date: String,
    /// Status.
    pub status: Status,
    /// Type.
    pub kind: AnalyticType,
    /// What it finds and why it matters.
    pub description: String,
    /// Names of data sources, as written.
    pub data_sources: Vec<String>,
    /// The search as written, mapped to the file.
    pub search: Mapped,
    /// What must be ingested.
    pub how_to_implement: String,
    /// When it is wrong.
    pub known_false_positives: String,
    /// Links.
    pub references: Vec<String>,
    /// Analytic stories.
    pub stories: Vec<String>,
    /// `Endpoint`, …
    pub asset_type: String,
    /// `endpoint`, `network`, …
    pub security_domain: String,
    /// ATT&CK ids and others.
    pub annotations: Annotations,
    /// The finding it creates; none for anomalies and hunting.
    pub finding: Option<FindingRule>,
    /// Intermediate findings: one per result row and entity.
    pub entities: Vec<EntityRule>,
    /// Threat objects, carried by every finding.
    pub threat_objects: Vec<ThreatRule>,
    /// Drill-down searches.
    pub drilldowns: Vec<Drilldown>,
    /// Tests.
    pub tests: Vec<Test>,
    /// Its own schedule, where it has one; [`crate::Content::schedule_of`] knows the default too.
    pub schedule: Option<Schedule>,
    /// Findings with the same values of these fields within the period are dropped.
    pub throttling: Option<Throttling>,
    /// Why its tests cannot run by themselves (`manual_test`).
    pub manual_test: Option<String>,
    /// Shipped switched on.
    pub enabled_by_default: bool,
    /// The generation of the schema it is written in.
    pub generation: Generation,
    /// Baselines that it needs, by name.
    pub baselines: Vec<String>,
    /// The file.
    pub file: FileId,
    /// The place of its name, for reports about it as a whole.
    pub name_at: FileSpan,
}

/// Annotations by framework.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotations {
    /// Technique ids, `T1090`, in the order written.
    pub mitre_attack: Vec<String>,
    /// CVE ids.
    pub cve: Vec<String>,
    /// NIST, CIS 20, kill chain: name and values, where the content has them.
    pub others: Vec<(String, Vec<String>)>,
}

/// The finding (once "notable") that a detection creates for a result row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingRule {
    /// Title with `$tokens$`.
    pub title: String,
    /// The entity it is about; 4.x and 5.x content has none.
    pub entity: Option<EntityRule>,
    /// `title`'s place.
    pub title_at: Option<FileSpan>,
}

/// A risk object: a field whose value gets risk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityRule {
    /// The field.
    pub field: String,
    /// `user`, `system` or `other`.
    pub kind: String,
    /// 1 to 100 (0 for correlations).
    pub score: u32,
    /// Message with `$tokens$`.
    pub message: String,
    /// `field`'s place.
    pub field_at: Option<FileSpan>,
    /// `message` with its place.
    pub message_at: Option<Mapped>,
}

/// A field that holds an attacker's artefact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreatRule {
    /// The field.
    pub field: String,
    /// `process_name`, `ip_address`, …
    pub kind: String,
    /// `field`'s place.
    pub field_at: Option<FileSpan>,
}

/// A drill-down search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drilldown {
    /// Its title, with `$tokens$`.
    pub name: String,
    /// The search, with `%original_detection_search%` and `$tokens$`.
    pub search: String,
    /// `$info_min_time$` or a relative time.
    pub earliest_offset: String,
    /// `$info_max_time$` or a relative time.
    pub latest_offset: String,
}

/// A test of the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// `True Positive Test`.
    pub name: String,
    /// Attack data to replay.
    pub data: Vec<TestData>,
}

/// A recorded log and how to ingest it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestData {
    /// URL or path.
    pub data: String,
    /// Source to give it.
    pub source: String,
    /// Sourcetype to give it.
    pub sourcetype: String,
    /// Host to give it.
    pub host: Option<String>,
}

/// When a detection runs and over which time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Five cron fields.
    pub cron: String,
    /// Relative time, `-70m@m`.
    pub earliest: String,
    /// Relative time, `-10m@m`.
    pub latest: String,
    /// `auto`, or minutes.
    pub window: String,
}

/// Which results a detection passes over because it has reported them lately (`alert.suppress`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Throttling {
    /// The fields whose values are compared.
    pub fields: Vec<String>,
    /// How long, in seconds.
    pub seconds: u64,
}

/// A schedule with a name, which detections refer to (`schedules/*.yml`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedSchedule {
    /// Its name.
    pub name: String,
    /// The schedule.
    pub schedule: Schedule,
}

/// The default configuration of a type of detection (`deployments/*.yml`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployment {
    /// Its name.
    pub name: String,
    /// The type it is for.
    pub kind: AnalyticType,
    /// When detections of that type run.
    pub schedule: Schedule,
    /// Creates a finding (notable).
    pub creates_finding: bool,
    /// The finding's title, with `%name%` for the detection's name.
    pub finding_title: Option<String>,
    /// Creates intermediate findings (risk events).
    pub creates_intermediate_findings: bool,
    /// True when shipped switched off, as all ESCU content is.
    pub disabled: bool,
}

/// A macro.
#[derive(Debug, Clone)]
pub struct Macro {
    /// Its name without the arguments.
    pub name: String,
    /// Argument names, in order.
    pub arguments: Vec<String>,
    /// The definition, mapped to its file.
    pub definition: Mapped,
    /// What it is for.
    pub description: String,
    /// The place of its name.
    pub name_at: FileSpan,
}

/// An analytic story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// Its name.
    pub name: String,
    /// UUID.
    pub id: String,
    /// One paragraph.
    pub description: String,
    /// More.
    pub narrative: String,
    /// Links.
    pub references: Vec<String>,
    /// `Adversary Tactics`, `Malware`, …
    pub categories: Vec<String>,
}

/// A lookup definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// Its name.
    pub name: String,
    /// What is behind it.
    pub source: LookupSource,
    /// What it is for.
    pub description: String,
    /// Fields that match otherwise than by equality.
    pub match_types: Vec<(MatchType, String)>,
    /// `case_sensitive_match`; Splunk's default is true (transforms.conf).
    pub case_sensitive: bool,
    /// `default_match`: the value of every output field when too few rows match.
    pub default_match: Option<String>,
    /// `min_matches`.
    pub min_matches: Option<u32>,
    /// `max_matches`.
    pub max_matches: Option<u32>,
    /// `time_field` and what goes with it, of a time-bounded lookup.
    pub time: Option<LookupTime>,
    /// The fields, where the definition lists them: a collection's, and those of another app's table.
    pub fields: Vec<String>,
    /// The app that keeps the table, where it is not this content: `Splunk Enterprise Security`.
    pub app: Option<String>,
    /// The place of its name.
    pub name_at: FileSpan,
}

/// What is behind a lookup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookupSource {
    /// A CSV file, by its name: see [`crate::Content::table`].
    Csv(String),
    /// A collection of the key-value store.
    Collection(String),
    /// A machine-learning model, by its file's name: not a table.
    Model(String),
    /// Computed from each row, by a script of another app.
    Computed,
}

/// When rows of a time-bounded lookup hold (transforms.conf).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookupTime {
    /// `time_field`: the table's field with the time.
    pub field: String,
    /// `time_format`; epoch seconds when absent.
    pub format: Option<String>,
    /// `min_offset_secs`: the least time from the row's to the event's.
    pub min_offset: i64,
    /// `max_offset_secs`: the most.
    pub max_offset: i64,
}

/// The table of a lookup: a CSV file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookupFile {
    /// Its name, without folders.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// Its path and text.
    pub file: FileId,
}

/// How a lookup's field is compared (`match_type` of transforms.conf).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchType {
    /// The table's value may hold `*`.
    Wildcard,
    /// The table's value is a network in CIDR notation.
    Cidr,
}

/// A data source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataSource {
    /// Its name, `Sysmon EventID 1`.
    pub name: String,
    /// Splunk source.
    pub source: String,
    /// Splunk sourcetype.
    pub sourcetype: String,
    /// The field that tells this source's events apart from others of the sourcetype (`EventID`).
    pub separator: Option<String>,
    /// An event as it comes in.
    pub example_log: Option<String>,
    /// Fields that the add-on extracts.
    pub fields: Vec<String>,
}
