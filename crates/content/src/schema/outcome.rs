//! What a detection creates: finding, intermediate findings, threat objects, in each generation of the schema.

use text::{FileSpan, Mapped};

use crate::door::{Door, Fields};
use crate::model::{AnalyticType, EntityRule, FindingRule, ThreatRule};
use crate::yaml::Node;

/// See the module's documentation.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) finding: Option<FindingRule>,
    pub(super) entities: Vec<EntityRule>,
    pub(super) threat_objects: Vec<ThreatRule>,
}

const ENTITY_KINDS: [(&str, &str); 3] = [("user", "user"), ("system", "system"), ("other", "other")];

/// The threat object types of contentctl 5.6 (`ThreatObjectType`).
const THREAT_KINDS: [&str; 26] = [
    "certificate_common_name",
    "certificate_organization",
    "certificate_serial",
    "certificate_unit",
    "command",
    "domain",
    "email_address",
    "email_subject",
    "file_hash",
    "file_name",
    "file_path",
    "http_user_agent",
    "ip_address",
    "parent_process",
    "parent_process_name",
    "process",
    "process_hash",
    "process_name",
    "registry_path",
    "registry_value_name",
    "registry_value_text",
    "service",
    "signature",
    "system",
    "tls_hash",
    "url",
];

/// ESCU 4: `tags.observable` with roles, one score and one message for all.
///
/// Victims get risk, attackers are threat objects; types map as contentctl 4 maps them.
pub(super) fn four(door: &mut Door<'_>, tags: &mut Fields<'_, '_>, kind: AnalyticType) -> Outcome {
    let creates = matches!(kind, AnalyticType::Ttp | AnalyticType::Anomaly | AnalyticType::Correlation);
    let message = if creates { tags.need(door, "message") } else { tags.get("message") };
    let message = message.and_then(|node| match creates {
        true => door.mapped("message", node),
        false => None,
    });
    let score = score_of_four(door, tags);
    let mut outcome = Outcome::default();
    let observables = tags.items(door, "observable");
    for node in observables {
        let Some(mut fields) = door.fields("observable", node) else {
            continue;
        };
        let name = fields.need(door, "name");
        let field_at = name.map(|node| door.place(node.span));
        let field = name.and_then(|node| door.text("name", node));
        let observed = fields.need_text(door, "type");
        let roles = fields.need(door, "role").map(|node| door.texts("role", node)).unwrap_or_default();
        fields.close(door, false);
        let (Some(field), Some(observed)) = (field, observed) else {
            continue;
        };
        let is = |wanted: &str| roles.iter().any(|(role, _)| role == wanted);
        if is("Victim") {
            let message_text = message.as_ref().map(|message| message.text.clone()).unwrap_or_default();
            outcome.entities.push(EntityRule {
                field,
                kind: entity_kind(&observed).to_owned(),
                score,
                message: message_text,
                field_at,
                message_at: message.clone(),
            });
        } else if is("Attacker") {
            outcome.threat_objects.push(ThreatRule { field, kind: threat_kind(&observed), field_at });
        }
    }
    by_type(outcome, kind)
}

/// `risk_score`, or confidence × impact / 100. Python rounds halves to the even number, and so did contentctl.
fn score_of_four(door: &mut Door<'_>, tags: &mut Fields<'_, '_>) -> u32 {
    let confidence = tags.whole(door, "confidence", 0..=100);
    let impact = tags.whole(door, "impact", 0..=100);
    let Some(node) = tags.get("risk_score") else {
        let product = confidence.unwrap_or(0) * impact.unwrap_or(0);
        return round_half_even(f64::from(product) / 100.0);
    };
    let Some(text) = door.text("risk_score", node) else {
        return 0;
    };
    match text.parse::<f64>() {
        Ok(score) if (0.0..=100.0).contains(&score) => round_half_even(score),
        _ => {
            door.bad(node.span, format!("`risk_score` is `{text}`, expected a number from 0 to 100"));
            0
        }
    }
}

fn round_half_even(score: f64) -> u32 {
    let rounded = score.round_ties_even();
    (0..=100).find(|whole| f64::from(*whole) >= rounded).unwrap_or(100)
}

/// Types of observables that contentctl 4 took for users and systems.
fn entity_kind(observed: &str) -> &'static str {
    match observed.to_ascii_lowercase().as_str() {
        "user" | "user name" | "username" | "email address" => "user",
        "device" | "endpoint" | "hostname" | "ip address" => "system",
        _ => "other",
    }
}

/// Threat object types as contentctl 4 wrote them; a type without a rule is its own name in lower case.
fn threat_kind(observed: &str) -> String {
    let lower = observed.to_ascii_lowercase();
    match lower.as_str() {
        "process name" | "process" => "process".to_owned(),
        "file name" | "file" | "file hash" => "file_name".to_owned(),
        "url string" | "url" => "url".to_owned(),
        "ip address" => "ip_address".to_owned(),
        _ => lower,
    }
}

/// What ESCU 4 and 5 create is decided by the type's default configuration: TTP a finding and intermediate findings,
/// Anomaly intermediate findings, Correlation a finding, Hunting nothing. The title is filled in by the loader.
fn by_type(mut outcome: Outcome, kind: AnalyticType) -> Outcome {
    if matches!(kind, AnalyticType::Ttp | AnalyticType::Correlation) {
        outcome.finding = Some(FindingRule { title: String::new(), entity: None, title_at: None });
    }
    if !matches!(kind, AnalyticType::Ttp | AnalyticType::Anomaly) {
        outcome.entities.clear();
    }
    outcome
}

/// ESCU 5: the `rba` block.
pub(super) fn five(door: &mut Door<'_>, rba: Option<&Node<'_>>, kind: AnalyticType) -> Outcome {
    let mut outcome = Outcome::default();
    if let Some(mut fields) = rba.and_then(|node| door.fields("rba", node)) {
        let message = fields.need_mapped(door, "message");
        let objects = fields.need(door, "risk_objects").map_or(&[][..], |node| door.list("risk_objects", node));
        for node in objects {
            outcome.entities.extend(entity(door, node, "risk object", Message::Shared(message.as_ref()), 1));
        }
        outcome.threat_objects = threat_objects(door, fields.get("threat_objects"));
        fields.close(door, false);
    }
    by_type(outcome, kind)
}

/// ESCU 6: `finding`, `intermediate_findings` and `threat_objects` say themselves what is created.
pub(super) fn six(door: &mut Door<'_>, top: &mut Fields<'_, '_>, kind: AnalyticType) -> Outcome {
    let finding = top.get("finding").and_then(|node| finding(door, node, kind));
    let mut entities = Vec::new();
    if let Some(mut fields) =
        top.get("intermediate_findings").and_then(|node| door.fields("intermediate_findings", node))
    {
        let nodes = fields.need(door, "entities").map_or(&[][..], |node| door.list("entities", node));
        for node in nodes {
            entities.extend(entity(door, node, "entity", Message::Own, 1));
        }
        fields.close(door, true);
    }
    let threat_objects = threat_objects(door, top.get("threat_objects"));
    Outcome { finding, entities, threat_objects }
}

fn finding(door: &mut Door<'_>, node: &Node<'_>, kind: AnalyticType) -> Option<FindingRule> {
    let mut fields = door.fields("finding", node)?;
    let title_node = fields.need(door, "title");
    let title = title_node.and_then(|node| door.mapped("title", node));
    let title_at: Option<FileSpan> = title_node.map(|node| door.place(node.span));
    // Correlations carry no score of their own: they report risk that has been added already.
    let least = u32::from(kind != AnalyticType::Correlation);
    let entity =
        fields.get("entity").and_then(|node| entity(door, node, "entity", Message::Shared(title.as_ref()), least));
    fields.close(door, true);
    Some(FindingRule { title: title?.text, entity, title_at })
}

/// Where an entity's message is written.
enum Message<'m> {
    /// In the entity.
    Own,
    /// Once for all entities.
    Shared(Option<&'m Mapped>),
}

fn entity(
    door: &mut Door<'_>,
    node: &Node<'_>,
    what: &'static str,
    message: Message<'_>,
    least: u32,
) -> Option<EntityRule> {
    let mut fields = door.fields(what, node)?;
    let field_node = fields.need(door, "field");
    let field_at = field_node.map(|node| door.place(node.span));
    let field = field_node.and_then(|node| door.text("field", node));
    let kind = fields.need(door, "type").and_then(|node| door.choice("type", node, &ENTITY_KINDS));
    let score = fields.need(door, "score").and_then(|node| door.whole("score", node, least..=100));
    let message = match message {
        Message::Own => fields.need_mapped(door, "message"),
        Message::Shared(shared) => shared.cloned(),
    };
    fields.close(door, true);
    let text = message.as_ref().map(|message| message.text.clone()).unwrap_or_default();
    Some(EntityRule {
        field: field?,
        kind: kind?.to_owned(),
        score: score?,
        message: text,
        field_at,
        message_at: message,
    })
}

fn threat_objects(door: &mut Door<'_>, node: Option<&Node<'_>>) -> Vec<ThreatRule> {
    let nodes = node.map_or(&[][..], |node| door.list("threat_objects", node));
    nodes.iter().filter_map(|node| threat_object(door, node)).collect()
}

fn threat_object(door: &mut Door<'_>, node: &Node<'_>) -> Option<ThreatRule> {
    let mut fields = door.fields("threat object", node)?;
    let field_node = fields.need(door, "field");
    let field_at = field_node.map(|node| door.place(node.span));
    let field = field_node.and_then(|node| door.text("field", node));
    let kind_node = fields.need(door, "type");
    let kind = kind_node.and_then(|node| door.text("type", node));
    if let (Some(node), Some(kind)) = (kind_node, &kind) {
        check_threat_kind(door, node, kind);
    }
    fields.close(door, true);
    Some(ThreatRule { field: field?, kind: kind?, field_at })
}

/// Splunk takes any word; one that nobody knows is a warning, as correlations by type will miss it.
fn check_threat_kind(door: &mut Door<'_>, node: &Node<'_>, kind: &str) {
    if THREAT_KINDS.contains(&kind) {
        return;
    }
    let message = format!("`{kind}` is no known type of threat object");
    let report = door.report(diag::codes::BAD_VALUE, diag::Severity::Warning, node.span, message);
    report.help = crate::suggest::closest(kind, THREAT_KINDS).map(|word| format!("did you mean `{word}`?"));
}
