//! Rows and findings as lines of JSON, written without a tree of values in between.

use serde::ser::{Serialize, SerializeMap, Serializer};
use spl::value::{Row, Value, format_number};

use crate::json::{annotations, optional_seconds, seconds};
use crate::value::whole;
use crate::{Common, Entity, Finding, IntermediateFinding, ThreatObject};

/// A result row as a JSON object: null fields are left out, several values are an array, a number without a fraction has none.
#[derive(Debug, Clone, Copy)]
pub struct RowJson<'r>(pub &'r Row);

impl Serialize for RowJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.0.fields.iter().filter(|(_, value)| *value != Value::Null) {
            map.serialize_entry(&**name, &ValueJson(value))?;
        }
        map.end()
    }
}

pub(crate) struct ValueJson<'v>(pub(crate) &'v Value);

impl Serialize for ValueJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Text(text) => serializer.serialize_str(text),
            // JSON has no `nan` and no `inf`.
            Value::Number(number) if !number.is_finite() => serializer.serialize_str(&format_number(*number)),
            Value::Number(number) => match whole(*number) {
                Some(whole) => serializer.serialize_i64(whole),
                None => serializer.serialize_f64(*number),
            },
            Value::Bool(truth) => serializer.serialize_bool(*truth),
            Value::Multi(values) => serializer.collect_seq(values.iter().map(ValueJson)),
        }
    }
}

/// A line of `--findings`: keys in a fixed order, null keys left out, multivalues as arrays.
#[derive(Debug, Clone, Copy)]
pub struct Line<'f> {
    kind: &'static str,
    common: &'f Common,
    entity: Option<&'f Entity>,
}

impl<'f> From<&'f IntermediateFinding> for Line<'f> {
    fn from(found: &'f IntermediateFinding) -> Self {
        Self { kind: "intermediate_finding", common: &found.common, entity: Some(&found.entity) }
    }
}

impl<'f> From<&'f Finding> for Line<'f> {
    fn from(found: &'f Finding) -> Self {
        Self { kind: "finding", common: &found.common, entity: found.entity.as_ref() }
    }
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { kind, common, entity } = *self;
        let rule = &common.rule;
        let mut line = serializer.serialize_map(None)?;
        line.serialize_entry("kind", kind)?;
        line.serialize_entry("id", &common.id)?;
        line.serialize_entry("time", &seconds(common.time))?;
        line.serialize_entry("search_name", &rule.search_name)?;
        line.serialize_entry("detection_id", &rule.detection_id)?;
        line.serialize_entry("detection_version", &rule.detection_version)?;
        line.serialize_entry("type", rule.kind.as_str())?;
        if let Some(entity) = entity {
            line.serialize_entry("risk_object", &entity.value)?;
            line.serialize_entry("risk_object_type", entity.kind.as_str())?;
            if let Some(score) = entity.score {
                line.serialize_entry("risk_score", &score.points())?;
            }
        }
        line.serialize_entry("risk_message", &common.message)?;
        line.serialize_entry("threat_objects", &Threats(&common.threat_objects))?;
        line.serialize_entry("annotations", &annotations(&rule.annotations))?;
        line.serialize_entry("analyticstories", &rule.stories)?;
        line.serialize_entry("severity", common.severity.as_str())?;
        for (key, time) in [
            ("info_min_time", optional_seconds(common.origin.info_min_time)),
            ("info_max_time", optional_seconds(common.origin.info_max_time)),
        ] {
            if !time.is_null() {
                line.serialize_entry(key, &time)?;
            }
        }
        line.serialize_entry("contributing", &RowJson(&common.contributing))?;
        line.end()
    }
}

struct Threats<'t>(&'t [ThreatObject]);

impl Serialize for Threats<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Threat))
    }
}

struct Threat<'t>(&'t ThreatObject);

impl Serialize for Threat<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("value", &self.0.value)?;
        map.serialize_entry("type", &self.0.kind)?;
        map.end()
    }
}
