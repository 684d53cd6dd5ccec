//! `deployments/*.yml`: the default configuration of a type of detection.

use crate::door::Door;
use crate::model::{AnalyticType, Deployment};
use crate::schema::{HEAD, Read, schedule};
use crate::yaml::Node;

/// What the alert actions of a deployment create.
#[derive(Default)]
struct Actions {
    finding: bool,
    title: Option<String>,
    intermediate: bool,
}

/// Read a deployment.
pub(crate) fn read(door: &mut Door<'_>, node: &Node<'_>) -> Option<Read<Deployment>> {
    let mut fields = door.fields("deployment", node)?;
    let name = fields.need_placed(door, "name");
    let id_node = fields.get("id");
    let id = id_node.and_then(|node| Some((door.text("id", node)?.to_ascii_lowercase(), door.place(node.span))));
    let types = AnalyticType::ALL.map(|kind| (kind.as_str(), kind));
    let kind = fields.need(door, "type").and_then(|node| door.choice("type", node, &types));
    let schedule = fields.need(door, "scheduling").and_then(|node| schedule::block(door, "scheduling", node));
    let actions = fields.get("alert_action").map(|node| actions(door, node)).unwrap_or_default();
    // ESCU ships everything switched off; `disabled: false` here is for a site's own deployments.
    let disabled = fields.boolean(door, "disabled").unwrap_or(true);
    fields.skip(&["description"]);
    fields.skip(&HEAD);
    fields.close(door, false);
    let name = name?;
    let value = Deployment {
        name: name.0.clone(),
        kind: kind?,
        schedule: schedule?,
        creates_finding: actions.finding,
        finding_title: actions.title,
        creates_intermediate_findings: actions.intermediate,
        disabled,
    };
    Some(Read { value, name, id, mentions: Vec::new() })
}

fn actions(door: &mut Door<'_>, node: &Node<'_>) -> Actions {
    let mut actions = Actions::default();
    let Some(mut fields) = door.fields("alert_action", node) else {
        return actions;
    };
    if let Some(mut notable) = fields.get("notable").and_then(|node| door.fields("notable", node)) {
        actions.finding = true;
        actions.title = notable.text(door, "rule_title");
        notable.skip(&["rule_description", "nes_fields"]);
        notable.close(door, false);
    }
    if let Some(mut rba) = fields.get("rba").and_then(|node| door.fields("rba", node)) {
        actions.intermediate = rba.boolean(door, "enabled").unwrap_or(false);
        rba.close(door, false);
    }
    fields.skip(&["email", "slack", "phantom"]);
    fields.close(door, false);
    actions
}
