//! From result rows to what they mean.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use content::{AnalyticType, Detection, EntityRule};
use spl::value::{Row, Value};

use crate::identity::{id_of, row_key};
use crate::value::{names, texts};
use crate::{
    Annotated, Common, Entity, EntityKind, Finding, IntermediateFinding, Origin, RiskScore, Rule, Severity,
    ThreatObject, fill_tokens,
};

/// One run of a detection. Times are microseconds since the epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dispatch {
    /// First instant covered; `None` is all the past.
    pub earliest: Option<i64>,
    /// First instant no longer covered; `None` is all the future.
    pub latest: Option<i64>,
    /// The time of the search.
    pub search_time: i64,
}

/// What the rows of a dispatch mean, in the order of the rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// For the analyst queue.
    pub findings: Vec<Finding>,
    /// Risk.
    pub intermediate_findings: Vec<IntermediateFinding>,
}

/// What the result rows of a detection mean.
///
/// - Every row and entity with a value gives an intermediate finding, which carries all threat objects of the row.
/// - A TTP or correlation, and whatever else declares a finding, gives a finding for each row.
/// - Hunting searches and baselines give nothing.
///
/// Source: `contentctl`'s templates for ESCU, Enterprise Security's risk analysis and finding actions.
pub fn evaluate(detection: &Detection, rows: &[Arc<Row>], dispatch: &Dispatch) -> Outcome {
    evaluate_keyed(detection, rows, dispatch, None)
}

/// [`evaluate`], where it is known which fields tell the rows apart (`plan::Plan::key`). More events of the same group, found
/// when a window is run again, then give the same ids; without a key every field counts.
pub fn evaluate_keyed(
    detection: &Detection,
    rows: &[Arc<Row>],
    dispatch: &Dispatch,
    key: Option<&[String]>,
) -> Outcome {
    let mut outcome = Outcome::default();
    if matches!(detection.kind, AnalyticType::Hunting | AnalyticType::Baseline) {
        return outcome;
    }
    let firing = Firing { detection, dispatch, rule: Arc::new(rule_of(detection, dispatch)) };
    let mut seen: HashMap<Rc<str>, usize> = HashMap::new();
    for (rid, row) in rows.iter().enumerate() {
        let key: Rc<str> = row_key(row, key).into();
        // Equal rows are told apart by how many came before, which does not depend on their order.
        let nth = seen.entry(Rc::clone(&key)).or_default();
        let result = Result { row, rid, key, nth: *nth };
        *nth += 1;
        outcome.findings.extend(firing.findings(&result));
        outcome.intermediate_findings.extend(firing.intermediate_findings(&result));
    }
    outcome
}

fn rule_of(detection: &Detection, dispatch: &Dispatch) -> Rule {
    Rule {
        search_name: search_name(detection),
        detection: detection.name.clone(),
        detection_id: detection.id.clone(),
        detection_version: detection.version,
        kind: detection.kind,
        annotations: Annotated::of(&detection.annotations),
        stories: detection.stories.clone(),
        security_domain: detection.security_domain.clone(),
        description: detection.description.clone(),
        sid: sid(detection, dispatch),
    }
}

/// Risk incident rules count distinct sources, and tests of the content ask for exactly this name.
fn search_name(detection: &Detection) -> String {
    format!("ESCU - {} - Rule", detection.name)
}

/// Names the dispatch; the same for the same run.
fn sid(detection: &Detection, dispatch: &Dispatch) -> String {
    format!("scheduler__weir__{}_at_{}", detection.id, dispatch.search_time.div_euclid(1_000_000))
}

struct Firing<'a> {
    detection: &'a Detection,
    dispatch: &'a Dispatch,
    rule: Arc<Rule>,
}

/// A result row in its place.
struct Result<'a> {
    row: &'a Arc<Row>,
    rid: usize,
    key: Rc<str>,
    nth: usize,
}

impl Firing<'_> {
    fn intermediate_findings(&self, result: &Result<'_>) -> Vec<IntermediateFinding> {
        if self.detection.kind == AnalyticType::Correlation {
            return Vec::new();
        }
        let rules = self.detection.entities.iter().enumerate();
        rules.flat_map(|(at, rule)| self.of_rule(result, at, rule)).collect()
    }

    fn of_rule(&self, result: &Result<'_>, at: usize, rule: &EntityRule) -> Vec<IntermediateFinding> {
        let entities = Entity::of_row(rule, result.row).into_iter();
        let made = entities.map(|entity| {
            let parts = ["intermediate finding", &at.to_string(), &entity.field, &entity.value];
            let message = fill_tokens(&rule.message, result.row);
            let severity = Severity::of(entity.score);
            IntermediateFinding {
                common: self.common(result, &parts, message, severity),
                contributing_events_search: self.contributing_events_search(&entity),
                entity,
            }
        });
        made.collect()
    }

    fn findings(&self, result: &Result<'_>) -> Vec<Finding> {
        let detection = self.detection;
        let rule = detection.finding.as_ref();
        let queued = matches!(detection.kind, AnalyticType::Ttp | AnalyticType::Correlation);
        if rule.is_none() && !queued {
            return Vec::new();
        }
        let title = rule.map_or("", |rule| rule.title.as_str());
        let title = if title.is_empty() { detection.name.as_str() } else { title };
        let mut entities = match rule.and_then(|rule| rule.entity.as_ref()) {
            Some(entity) => Entity::of_row(entity, result.row).into_iter().map(Some).collect(),
            None if detection.kind == AnalyticType::Correlation => vec![correlated(result.row)],
            None => vec![None],
        };
        if entities.is_empty() {
            entities.push(None);
        }
        entities.into_iter().map(|entity| self.finding(result, title, entity)).collect()
    }

    fn finding(&self, result: &Result<'_>, title: &str, entity: Option<Entity>) -> Finding {
        let (field, value) = entity.as_ref().map_or(("", ""), |entity| (&entity.field, &entity.value));
        let common = self.common(result, &["finding", field, value], fill_tokens(title, result.row), self.severity());
        let drilldowns = self.detection.drilldowns.iter();
        let drilldowns =
            drilldowns.map(|drill| (fill_tokens(&drill.name, result.row), fill_tokens(&drill.search, result.row)));
        Finding { common, entity, drilldowns: drilldowns.collect() }
    }

    /// From the highest score that the detection declares.
    fn severity(&self) -> Severity {
        let own = self.detection.finding.as_ref().and_then(|finding| finding.entity.as_ref());
        let scores = self.detection.entities.iter().chain(own).filter_map(|rule| RiskScore::new(rule.score));
        match self.detection.kind {
            AnalyticType::Correlation => Severity::High,
            _ => Severity::of(scores.max()),
        }
    }

    fn common(&self, result: &Result<'_>, parts: &[&str], message: String, severity: Severity) -> Common {
        let row_time = time_of(result.row, "_time");
        Common {
            id: self.id(result, parts),
            time: row_time.unwrap_or(self.dispatch.search_time),
            first_seen: time_of(result.row, "firstTime").or(row_time),
            last_seen: time_of(result.row, "lastTime").or(row_time),
            rule: Arc::clone(&self.rule),
            message,
            threat_objects: ThreatObject::of_row(&self.detection.threat_objects, result.row),
            severity,
            origin: self.origin(result, row_time),
            contributing: Arc::clone(result.row),
        }
    }

    fn id(&self, result: &Result<'_>, parts: &[&str]) -> String {
        let bound = |time: Option<i64>| time.map_or_else(|| "all".to_owned(), |time| time.to_string());
        let version = self.detection.version.to_string();
        let (earliest, latest) = (bound(self.dispatch.earliest), bound(self.dispatch.latest));
        let nth = result.nth.to_string();
        let mut all = vec![self.detection.id.as_str(), &version, &earliest, &latest, &result.key, &nth];
        all.extend(parts);
        id_of(&all)
    }

    fn origin(&self, result: &Result<'_>, time: Option<i64>) -> Origin {
        let field = |name: &str| texts(result.row.get(name));
        Origin {
            rid: result.rid,
            time,
            source: field("source"),
            sourcetype: field("sourcetype"),
            host: field("host"),
            tag: field("tag"),
            info_min_time: self.dispatch.earliest,
            info_max_time: self.dispatch.latest,
            info_search_time: self.dispatch.search_time,
        }
    }

    /// Enterprise Security's form, from which tests of the content read the field.
    fn contributing_events_search(&self, entity: &Entity) -> String {
        let value = entity.value.replace('\\', "\\\\").replace('"', "\\\"");
        format!("| savedsearch \"{}\" | search {}=\"{value}\"", self.rule.search_name, quoted_field(&entity.field))
    }
}

fn quoted_field(field: &str) -> String {
    let plain = field.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    if plain { field.to_owned() } else { format!("\"{field}\"") }
}

/// A correlation's rows are about the entity whose risk they add up.
fn correlated(row: &Row) -> Option<Entity> {
    let value = names(row.get("risk_object")).into_iter().next()?;
    let kind = texts(row.get("risk_object_type")).into_iter().next().unwrap_or_default();
    Some(Entity { value, kind: EntityKind::of(&kind), field: "risk_object".to_owned(), score: None })
}

/// A time in a row, in microseconds: epoch seconds, or what `security_content_ctime` writes.
fn time_of(row: &Row, field: &str) -> Option<i64> {
    let value = row.get(field);
    let Some(seconds) = value.as_number() else {
        let Value::Text(text) = value else { return None };
        return spl::time::strptime(text, "%Y-%m-%dT%H:%M:%S", 0, &spl::time::utc());
    };
    crate::value::whole((seconds * 1_000_000.0).round())
}
