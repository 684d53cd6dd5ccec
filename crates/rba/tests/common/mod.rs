//! Detections and rows by hand, and the one way to check what they mean.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::sync::Arc;

use content::{AnalyticType, Annotations, Detection, EntityRule, FindingRule, Status, ThreatRule};
use rba::{Dispatch, Entity, Line, Outcome, Severity};
use spl::value::{Row, Value};
use text::{FileId, FileSpan, Mapped, Span};

/// [`rba::evaluate`] of rows by hand.
pub(crate) fn evaluate(detection: &Detection, rows: &[Row], dispatch: &Dispatch) -> Outcome {
    evaluate_keyed(detection, rows, dispatch, None)
}

pub(crate) fn evaluate_keyed(
    detection: &Detection,
    rows: &[Row],
    dispatch: &Dispatch,
    key: Option<&[String]>,
) -> Outcome {
    let rows: Vec<Arc<Row>> = rows.iter().cloned().map(Arc::new).collect();
    rba::evaluate_keyed(detection, &rows, dispatch, key)
}

/// The line of `--findings`.
pub(crate) fn line<'f>(found: impl Into<Line<'f>>) -> serde_json::Value {
    serde_json::to_value(found.into()).unwrap()
}

/// What a row should give, the finding before the intermediate findings. Entities are `kind value score`.
#[derive(Debug, PartialEq)]
pub(crate) enum Expected<'a> {
    Finding { entity: Option<&'a str>, title: &'a str, severity: Severity },
    Intermediate { entity: &'a str, message: &'a str, threats: &'a [&'a str] },
}

/// Evaluate rows and compare, in order.
pub(crate) fn check(detection: &Detection, rows: &[Row], expected: &[Expected<'_>]) {
    let outcome = evaluate(detection, rows, &dispatch());
    let findings = outcome.findings.iter().map(|found| {
        let entity = found.entity.as_ref().map_or("none".to_owned(), entity_text);
        format!("finding {entity} | {} | {}", found.common.message, found.common.severity.as_str())
    });
    let intermediate = outcome.intermediate_findings.iter().map(|found| {
        let threats: Vec<_> =
            found.common.threat_objects.iter().map(|threat| format!("{}={}", threat.kind, threat.value)).collect();
        format!("intermediate {} | {} | {}", entity_text(&found.entity), found.common.message, threats.join(" "))
    });
    let got: Vec<String> = findings.chain(intermediate).collect();
    let wanted: Vec<String> = expected.iter().map(text_of).collect();
    assert_eq!(got, wanted);
}

fn text_of(expected: &Expected<'_>) -> String {
    match expected {
        Expected::Finding { entity, title, severity } => {
            format!("finding {} | {title} | {}", entity.unwrap_or("none"), severity.as_str())
        }
        Expected::Intermediate { entity, message, threats } => {
            format!("intermediate {entity} | {message} | {}", threats.join(" "))
        }
    }
}

fn entity_text(entity: &Entity) -> String {
    let score = entity.score.map_or("-".to_owned(), |score| score.points().to_string());
    format!("{} {} {score}", entity.kind.as_str(), entity.value)
}

pub(crate) fn dispatch() -> Dispatch {
    Dispatch {
        earliest: Some(1_700_000_000_000_000),
        latest: Some(1_700_003_600_000_000),
        search_time: 1_700_003_600_000_000,
    }
}

/// `a=b c=d`: numbers in `count` and `_time`, text elsewhere.
pub(crate) fn row(fields: &str) -> Row {
    let fields = fields.split(' ').filter_map(|field| field.split_once('='));
    let fields = fields.map(|(name, text)| {
        let number = matches!(name, "count" | "_time");
        let value = if number { Value::Number(text.parse().unwrap()) } else { Value::Text(text.into()) };
        (name.into(), value)
    });
    Row { fields: fields.collect() }
}

pub(crate) fn values(texts: &[&str]) -> Value {
    Value::Multi(texts.iter().map(|text| Value::Text((*text).into())).collect())
}

pub(crate) fn anomaly(entities: &[(&str, &str, u32)], threats: &[&str], message: &str) -> Detection {
    let mut detection = detection(AnalyticType::Anomaly);
    detection.entities = entities.iter().map(|rule| entity_rule(rule, message)).collect();
    detection.threat_objects = threats
        .iter()
        .map(|field| ThreatRule { field: (*field).into(), kind: (*field).into(), field_at: None })
        .collect();
    detection
}

pub(crate) fn ttp_with_entity(title: &str, entity: (&str, &str, u32), entities: &[(&str, &str, u32)]) -> Detection {
    let mut detection = ttp_without_entity(entities);
    detection.finding =
        Some(FindingRule { title: title.into(), entity: Some(entity_rule(&entity, title)), title_at: None });
    detection
}

pub(crate) fn ttp_without_entity(entities: &[(&str, &str, u32)]) -> Detection {
    Detection { kind: AnalyticType::Ttp, ..anomaly(entities, &[], "risk") }
}

pub(crate) fn correlation() -> Detection {
    detection(AnalyticType::Correlation)
}

fn entity_rule((field, kind, score): &(&str, &str, u32), message: &str) -> EntityRule {
    EntityRule {
        field: (*field).into(),
        kind: (*kind).into(),
        score: *score,
        message: message.into(),
        field_at: None,
        message_at: None,
    }
}

fn detection(kind: AnalyticType) -> Detection {
    let file = FileId(0);
    Detection {
        name: "Test Detection".into(),
        id: "00000000-0000-4000-8000-000000000001".into(),
        version: 3,
        author: String::new(),
        date: "2024-01-01".into(),
        status: Status::Production,
        kind,
        description: "what it finds".into(),
        data_sources: Vec::new(),
        search: Mapped::whole("index=main", file),
        how_to_implement: String::new(),
        known_false_positives: String::new(),
        references: Vec::new(),
        stories: vec!["Reverse Network Proxy".into()],
        asset_type: "Endpoint".into(),
        security_domain: "endpoint".into(),
        annotations: Annotations { mitre_attack: vec!["T1090".into()], ..Annotations::default() },
        finding: None,
        entities: Vec::new(),
        threat_objects: Vec::new(),
        drilldowns: Vec::new(),
        tests: Vec::new(),
        schedule: None,
        throttling: None,
        manual_test: None,
        enabled_by_default: false,
        generation: content::Generation::Six,
        baselines: Vec::new(),
        file,
        name_at: FileSpan { file, span: Span::new(0, 0) },
    }
}
