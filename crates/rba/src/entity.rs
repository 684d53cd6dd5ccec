//! Who carries risk, and the attacker's artefacts.

use content::{EntityRule, ThreatRule};
use spl::value::Row;

use crate::RiskScore;
use crate::value::names;

/// What an entity is: Enterprise Security's risk object types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A person's or a service's account.
    User,
    /// A host.
    System,
    /// Anything else.
    Other,
}

impl EntityKind {
    /// From content's word; an unknown one is `other`.
    pub fn of(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "user" => Self::User,
            "system" => Self::System,
            _ => Self::Other,
        }
    }

    /// As Enterprise Security writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::System => "system",
            Self::Other => "other",
        }
    }
}

/// A user or system that a result row names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entity {
    /// Its name as the row has it (`risk_object`).
    pub value: String,
    /// What it is (`risk_object_type`).
    pub kind: EntityKind,
    /// The field it was read from (`risk_object_field`).
    pub field: String,
    /// The points that the detection gives it; none in correlations, whose events have scored already.
    pub score: Option<RiskScore>,
}

impl Entity {
    /// The entities that a row names under a rule: one per value of a multivalue field, none for null.
    pub(crate) fn of_row(rule: &EntityRule, row: &Row) -> Vec<Self> {
        let kind = EntityKind::of(&rule.kind);
        let score = RiskScore::new(rule.score);
        let values = names(row.get(&rule.field)).into_iter();
        values.map(|value| Self { value, kind, field: rule.field.clone(), score }).collect()
    }

    /// The name under which scores add up: `WS1` and `ws1` are one host. Enterprise Security takes it from the asset and
    /// identity lists; without them it is the name in lower case.
    pub fn normalized(&self) -> String {
        self.value.trim().to_lowercase()
    }
}

/// An attacker's artefact that a result row names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ThreatObject {
    /// The value (`threat_object`).
    pub value: String,
    /// `process_name`, `ip_address`, … (`threat_object_type`).
    pub kind: String,
    /// The field it was read from (`threat_object_field`).
    pub field: String,
}

impl ThreatObject {
    /// Every threat object of a row, in the order of the rules: value and type stay side by side.
    pub(crate) fn of_row(rules: &[ThreatRule], row: &Row) -> Vec<Self> {
        let of_rule = |rule: &ThreatRule| {
            let values = names(row.get(&rule.field)).into_iter();
            let made = values.map(|value| Self { value, kind: rule.kind.clone(), field: rule.field.clone() });
            made.collect::<Vec<_>>()
        };
        rules.iter().flat_map(of_rule).collect()
    }
}
