//! Annotations: what the detection names, with the names and tactics of ATT&CK techniques.

use content::{Annotations, attack};

/// Annotations of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Annotated {
    /// Technique ids as the detection has them (`annotations.mitre_attack`).
    pub mitre_attack: Vec<String>,
    /// Names of the techniques, in the order of the ids (`annotations.mitre_attack.mitre_technique`).
    pub techniques: Vec<String>,
    /// Ids of their tactics, distinct, in order (`annotations.mitre_attack.mitre_tactic_id`).
    pub tactic_ids: Vec<String>,
    /// Names of their tactics, as ATT&CK's short names (`annotations.mitre_attack.mitre_tactic`).
    pub tactics: Vec<String>,
    /// CVE ids.
    pub cve: Vec<String>,
    /// Other frameworks and their values.
    pub others: Vec<(String, Vec<String>)>,
}

impl Annotated {
    /// Annotations of a detection, with ATT&CK's names. An id that ATT&CK does not have adds no names.
    pub(crate) fn of(annotations: &Annotations) -> Self {
        let mut annotated = Self {
            mitre_attack: annotations.mitre_attack.clone(),
            cve: annotations.cve.clone(),
            others: annotations.others.clone(),
            ..Self::default()
        };
        for technique in annotations.mitre_attack.iter().filter_map(|id| attack::technique(id)) {
            annotated.techniques.push(technique.name.to_owned());
            for tactic in &technique.tactics {
                push_new(&mut annotated.tactic_ids, tactic.id.to_owned());
                push_new(&mut annotated.tactics, tactic.name.to_lowercase().replace(' ', "-"));
            }
        }
        annotated
    }

    /// Every value of every framework (`annotations._all`).
    pub fn all(&self) -> Vec<String> {
        let others = self.others.iter().flat_map(|(_, values)| values);
        self.mitre_attack.iter().chain(&self.cve).chain(others).cloned().collect()
    }
}

fn push_new(values: &mut Vec<String>, value: String) {
    if !values.contains(&value) {
        values.push(value);
    }
}
