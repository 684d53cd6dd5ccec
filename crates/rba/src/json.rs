//! Findings as JSON: the whole event as the risk and notable indexes hold it.

use content::AnalyticType;
use serde_json::{Map, Value as Json, json};
use spl::value::{Row, Value};

use crate::line::ValueJson;
use crate::{Annotated, Common, Entity, Finding, IntermediateFinding};

impl IntermediateFinding {
    /// Every field of the risk event (`index=risk`), the row's own fields last; a field of the event outranks
    /// one of the row with the same name.
    pub fn to_event(&self) -> Map<String, Json> {
        let mut event = event(&self.common, Some(&self.entity));
        event.insert("contributing_events_search".to_owned(), json!(self.contributing_events_search));
        with_row(event, &self.common.contributing)
    }
}

impl Finding {
    /// Every field of the finding's event (`index=notable`), the row's own fields last.
    pub fn to_event(&self) -> Map<String, Json> {
        let common = &self.common;
        let mut event = event(common, self.entity.as_ref());
        let mut put = |key: &str, value: Json| put(&mut event, key, value);
        put("entity", self.entity.as_ref().map_or(json!("N/A"), |entity| json!(entity.value)));
        put("entity_type", json!(self.entity.as_ref().map(|entity| entity.kind.as_str())));
        put("finding_score", json!(self.entity.as_ref().and_then(|entity| Some(entity.score?.points()))));
        // Event-based detection, or finding-based where it works on risk.
        put("detection_type", json!(if common.rule.kind == AnalyticType::Correlation { "fbd" } else { "ebd" }));
        put("source_event_id", json!(common.id));
        put("source_guid", json!(common.id));
        put("rule_id", json!(common.id));
        put("owner", json!("unassigned"));
        put("status", json!("new"));
        put("disposition", json!("undetermined"));
        // Without asset and identity lists every priority is unknown (manual, "How urgency is assigned").
        put("urgency", json!(urgency(common)));
        put("security_domain", json!(common.rule.security_domain));
        put("severity", json!(common.severity.as_str()));
        put("rule_title", json!(common.message));
        put("rule_description", json!(common.rule.description));
        let drilldowns = self.drilldowns.iter().map(|(name, search)| json!({"name": name, "search": search}));
        put("drilldown_searches", Json::Array(drilldowns.collect()));
        with_row(event, &common.contributing)
    }
}

/// Unknown priority: informational stays, up to medium is low, high is medium, critical is high.
fn urgency(common: &Common) -> &'static str {
    use crate::Severity;
    match common.severity {
        Severity::Informational => "informational",
        Severity::Low | Severity::Medium => "low",
        Severity::High => "medium",
        Severity::Critical => "high",
    }
}

/// Frameworks in a fixed order; those without a value are left out.
pub(crate) fn annotations(annotations: &Annotated) -> Map<String, Json> {
    let mut map = Map::new();
    let own = [
        ("mitre_attack", &annotations.mitre_attack),
        ("mitre_attack.mitre_technique", &annotations.techniques),
        ("mitre_attack.mitre_tactic_id", &annotations.tactic_ids),
        ("mitre_attack.mitre_tactic", &annotations.tactics),
        ("cve", &annotations.cve),
    ];
    let others = annotations.others.iter().map(|(name, values)| (name.as_str(), values));
    for (name, values) in own.into_iter().chain(others) {
        if !values.is_empty() {
            map.insert(name.to_owned(), json!(values));
        }
    }
    map
}

fn event(common: &Common, entity: Option<&Entity>) -> Map<String, Json> {
    let mut event = Map::new();
    let origin = &common.origin;
    let mut put = |key: &str, value: Json| put(&mut event, key, value);
    put("_time", seconds(common.time));
    put("search_name", json!(common.rule.search_name));
    put("source", json!(common.rule.search_name));
    put("sourcetype", json!("stash"));
    put("source_event_id", json!(common.id));
    put("detection_id", json!(common.rule.detection_id));
    put("detection_version", json!(common.rule.detection_version));
    put("risk_object", json!(entity.map(|entity| &entity.value)));
    put("risk_object_field", json!(entity.map(|entity| &entity.field)));
    put("risk_object_type", json!(entity.map(|entity| entity.kind.as_str())));
    put("normalized_risk_object", json!(entity.map(Entity::normalized)));
    put("risk_score", json!(entity.and_then(|entity| Some(entity.score?.points()))));
    put("risk_message", json!(common.message));
    let threats = &common.threat_objects;
    put("threat_object", several(threats.iter().map(|object| object.value.clone()).collect()));
    put("threat_object_type", several(threats.iter().map(|object| object.kind.clone()).collect()));
    put("threat_object_field", several(threats.iter().map(|object| object.field.clone()).collect()));
    let named = annotations(&common.rule.annotations);
    let all = Json::Object(
        named.iter().filter(|(name, _)| !name.contains('.')).map(|(k, v)| (k.clone(), v.clone())).collect(),
    );
    put("annotations", json!(all.to_string()));
    put("annotations._all", several(common.rule.annotations.all()));
    for (name, values) in named {
        put(&format!("annotations.{name}"), values);
    }
    put("annotations.mitre_attack.mitre_technique_id", several(common.rule.annotations.mitre_attack.clone()));
    put("analyticstories", several(common.rule.stories.clone()));
    put("orig_sid", json!(common.rule.sid));
    put("orig_rid", json!(origin.rid.to_string()));
    put("orig_time", optional_seconds(origin.time));
    put("orig_source", several(origin.source.clone()));
    put("orig_sourcetype", several(origin.sourcetype.clone()));
    put("orig_host", several(origin.host.clone()));
    put("orig_tag", several(origin.tag.clone()));
    put("info_min_time", optional_seconds(origin.info_min_time));
    put("info_max_time", optional_seconds(origin.info_max_time));
    put("info_search_time", seconds(origin.info_search_time));
    event
}

fn with_row(mut event: Map<String, Json>, row: &Row) -> Map<String, Json> {
    for (name, value) in row_to_json(row) {
        event.entry(name).or_insert(value);
    }
    event
}

fn put(map: &mut Map<String, Json>, key: &str, value: Json) {
    if !value.is_null() {
        map.insert(key.to_owned(), value);
    }
}

/// No values are null, so that the key is left out.
fn several(values: Vec<String>) -> Json {
    if values.is_empty() { Json::Null } else { json!(values) }
}

/// The fields of a row as [`crate::RowJson`] writes them.
pub fn row_to_json(row: &Row) -> Map<String, Json> {
    let fields = row.fields.iter().filter(|(_, value)| *value != Value::Null);
    fields.map(|(name, value)| (name.to_string(), json!(ValueJson(value)))).collect()
}

/// Epoch seconds, whole ones without a fraction.
pub(crate) fn seconds(micros: i64) -> Json {
    if micros % 1_000_000 == 0 {
        return json!(micros / 1_000_000);
    }
    // Splunk keeps microseconds at most, which a double holds for this century.
    #[allow(clippy::cast_precision_loss)]
    let seconds = micros as f64 / 1e6;
    json!(seconds)
}

pub(crate) fn optional_seconds(micros: Option<i64>) -> Json {
    micros.map_or(Json::Null, seconds)
}
