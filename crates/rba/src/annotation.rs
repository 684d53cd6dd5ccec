//! Annotations: what the detection names, with the names and tactics of ATT&CK techniques.

use content::Annotations;

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
    /// Annotations of a detection. An id that ATT&CK does not have adds no names.
    pub(crate) fn of(annotations: &Annotations) -> Self {
        Self {
            mitre_attack: annotations.mitre_attack.clone(),
            techniques: Vec::new(),
            tactic_ids: Vec::new(),
            tactics: Vec::new(),
            cve: annotations.cve.clone(),
            others: annotations.others.clone(),
        }
    }

    /// Every value of every framework (`annotations._all`).
    pub fn all(&self) -> Vec<String> {
        let others = self.others.iter().flat_map(|(_, values)| values);
        self.mitre_attack
            .iter()
            .chain(&self.cve)
            .chain(others)
            .cloned()
            .collect()
    }
}
