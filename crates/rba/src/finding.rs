//! The two things that a detection creates.

use std::sync::Arc;

use content::AnalyticType;
use spl::value::Row;

use crate::{Annotated, Entity, Severity, ThreatObject};

/// What all findings of one dispatch of a detection share.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// `ESCU - Windows Ngrok Reverse Proxy Usage - Rule`; also the event's `source`.
    pub search_name: String,
    /// The detection's name.
    pub detection: String,
    /// The detection's id.
    pub detection_id: String,
    /// The detection's version.
    pub detection_version: u32,
    /// The detection's type.
    pub kind: AnalyticType,
    /// ATT&CK and other annotations.
    pub annotations: Annotated,
    /// Analytic stories.
    pub stories: Vec<String>,
    /// `endpoint`, `network`, …
    pub security_domain: String,
    /// What the detection finds.
    pub description: String,
    /// Names the dispatch (`orig_sid`); the same for the same run.
    pub sid: String,
}

/// What findings and intermediate findings share.
#[derive(Debug, Clone, PartialEq)]
pub struct Common {
    /// The same for the same detection, version, window, row and entity: running a window again changes nothing.
    pub id: String,
    /// Microseconds since the epoch: the row's `_time`, else the time of the search. Not `firstTime`.
    pub time: i64,
    /// When the first event behind the row happened, microseconds: the row's `firstTime`, else its `_time`. `time` is when
    /// it was found, which over old logs says nothing.
    pub first_seen: Option<i64>,
    /// When the last one happened: `lastTime`, else `_time`.
    pub last_seen: Option<i64>,
    /// What it shares with all others of its dispatch.
    pub rule: Arc<Rule>,
    /// The message or title with its tokens filled.
    pub message: String,
    /// The attacker's artefacts in the row.
    pub threat_objects: Vec<ThreatObject>,
    /// How bad.
    pub severity: Severity,
    /// Where it comes from.
    pub origin: Origin,
    /// The result row.
    pub contributing: Arc<Row>,
}

impl Common {
    /// When the activity began, as far as the row says; else when it was found.
    pub fn began(&self) -> i64 {
        self.first_seen.unwrap_or(self.time)
    }

    /// When the activity was last seen, as far as the row says; else when it was found.
    pub fn ended(&self) -> i64 {
        self.last_seen.unwrap_or(self.time)
    }
}

/// Where a finding comes from: Enterprise Security's `orig_*` and `info_*` fields.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Origin {
    /// The row's number in its result (`orig_rid`).
    pub rid: usize,
    /// The row's `_time` (`orig_time`), microseconds.
    pub time: Option<i64>,
    /// The row's own `source` (`orig_source`).
    pub source: Vec<String>,
    /// The row's own `sourcetype` (`orig_sourcetype`).
    pub sourcetype: Vec<String>,
    /// The row's own `host` (`orig_host`).
    pub host: Vec<String>,
    /// The row's own `tag` (`orig_tag`).
    pub tag: Vec<String>,
    /// Start of the window (`info_min_time`), microseconds; none is all the past.
    pub info_min_time: Option<i64>,
    /// End of the window (`info_max_time`), microseconds; none is all the future.
    pub info_max_time: Option<i64>,
    /// The time of the search (`info_search_time`), microseconds.
    pub info_search_time: i64,
}

/// Adds risk to an entity; not queued for an analyst (Enterprise Security 7: a risk event).
#[derive(Debug, Clone, PartialEq)]
pub struct IntermediateFinding {
    /// What it shares with findings.
    pub common: Common,
    /// Who carries the risk.
    pub entity: Entity,
    /// The search that gives the rows behind it.
    pub contributing_events_search: String,
}

/// Goes to the analyst queue (Enterprise Security 7: a notable).
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What it shares with intermediate findings.
    pub common: Common,
    /// Whom it is about. None for content of ESCU 4 and 5, whose intermediate findings carry the risk: it would count twice.
    pub entity: Option<Entity>,
    /// Titles and searches of drill-downs, with tokens filled from the row.
    pub drilldowns: Vec<(String, String)>,
}
