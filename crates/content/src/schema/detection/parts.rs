//! The parts of a detection that stand by themselves: drill-down searches, tests, derived annotations.

use crate::attack;
use crate::door::Door;
use crate::model::{AnalyticType, Annotations, Drilldown, Test, TestData};
use crate::yaml::Node;

pub(super) fn drilldown(door: &mut Door<'_>, node: &Node<'_>) -> Option<Drilldown> {
    let mut fields = door.fields("drill-down search", node)?;
    let name = fields.need_text(door, "name");
    let search = fields.need_text(door, "search");
    let earliest = fields.text(door, "earliest_offset");
    let latest = fields.text(door, "latest_offset");
    fields.close(door, false);
    Some(Drilldown {
        name: name?,
        search: search?,
        earliest_offset: earliest.unwrap_or_else(|| "$info_min_time$".to_owned()),
        latest_offset: latest.unwrap_or_else(|| "$info_max_time$".to_owned()),
    })
}

pub(super) fn test(door: &mut Door<'_>, node: &Node<'_>) -> Option<Test> {
    let mut fields = door.fields("test", node)?;
    let name = fields.need_text(door, "name");
    let nodes = fields.items(door, "attack_data");
    let data = nodes.iter().filter_map(|node| test_data(door, node)).collect();
    fields.skip(&["test_type", "description", "pass_condition", "earliest_time", "latest_time", "file"]);
    fields.close(door, false);
    Some(Test { name: name?, data })
}

fn test_data(door: &mut Door<'_>, node: &Node<'_>) -> Option<TestData> {
    let mut fields = door.fields("attack_data", node)?;
    let data = fields.need_text(door, "data");
    let source = fields.need_text(door, "source");
    let sourcetype = fields.need_text(door, "sourcetype");
    let host = fields.text(door, "host");
    fields.skip(&["custom_index", "update_timestamp", "file_name"]);
    fields.close(door, false);
    Some(TestData { data: data?, source: source?, sourcetype: sourcetype?, host })
}

/// The annotations that contentctl 5 adds when it builds the app: CIS by security domain, NIST by type, kill chain
/// phases by tactic.
pub(super) fn derive_annotations(annotations: &mut Annotations, kind: AnalyticType, security_domain: &str) {
    let cis = if security_domain == "network" { "CIS 13" } else { "CIS 10" };
    let nist = if kind == AnalyticType::Ttp { "DE.CM" } else { "DE.AE" };
    let mut phases: Vec<String> = Vec::new();
    for technique in annotations.mitre_attack.iter().filter_map(|id| attack::technique(id)) {
        phases.extend(technique.tactics.iter().map(|tactic| attack::kill_chain_phase(tactic).to_owned()));
    }
    phases.sort();
    phases.dedup();
    let derived = [("cis20", vec![cis.to_owned()]), ("kill_chain_phases", phases), ("nist", vec![nist.to_owned()])];
    for (name, values) in derived {
        let written = annotations.others.iter().any(|(known, _)| known == name);
        if !written && !values.is_empty() {
            annotations.others.push((name.to_owned(), values));
        }
    }
    annotations.others.sort();
}
