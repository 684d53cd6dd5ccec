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
    /// Its own schedule, where it has one.
    pub schedule: Option<Schedule>,
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
}

/// A lookup definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// Its name.
    pub name: String,
    /// CSV file name, for CSV lookups.
    pub filename: Option<String>,
    /// Key-value store collection.
    pub collection: Option<String>,
    /// What it is for.
    pub description: String,
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
    /// Fields that the add-on extracts.
    pub fields: Vec<String>,
}

