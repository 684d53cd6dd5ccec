//! MITRE ATT&CK for Enterprise: names of techniques and their tactics, as facts in a table.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A tactic of ATT&CK for Enterprise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tactic {
    /// `TA0011`.
    pub id: &'static str,
    /// `Command and Control`.
    pub name: &'static str,
}

/// A technique or sub-technique.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Technique {
    /// `T1090` or `T1053.005`.
    pub id: &'static str,
    /// `Proxy`; a sub-technique's own name, without its technique's.
    pub name: &'static str,
    /// In the order of the matrix.
    pub tactics: Vec<Tactic>,
}

/// The tactics with the kill chain phase that contentctl 5 gives them, in the order of the matrix.
const TACTICS: [(Tactic, &str); 14] = [
    (Tactic { id: "TA0043", name: "Reconnaissance" }, "Reconnaissance"),
    (Tactic { id: "TA0042", name: "Resource Development" }, "Weaponization"),
    (Tactic { id: "TA0001", name: "Initial Access" }, "Delivery"),
    (Tactic { id: "TA0002", name: "Execution" }, "Installation"),
    (Tactic { id: "TA0003", name: "Persistence" }, "Installation"),
    (Tactic { id: "TA0004", name: "Privilege Escalation" }, "Exploitation"),
    (Tactic { id: "TA0005", name: "Defense Evasion" }, "Exploitation"),
    (Tactic { id: "TA0006", name: "Credential Access" }, "Exploitation"),
    (Tactic { id: "TA0007", name: "Discovery" }, "Exploitation"),
    (Tactic { id: "TA0008", name: "Lateral Movement" }, "Exploitation"),
    (Tactic { id: "TA0009", name: "Collection" }, "Exploitation"),
    (Tactic { id: "TA0011", name: "Command and Control" }, "Command and Control"),
    (Tactic { id: "TA0010", name: "Exfiltration" }, "Actions on Objectives"),
    (Tactic { id: "TA0040", name: "Impact" }, "Actions on Objectives"),
];

static TECHNIQUES: LazyLock<HashMap<&'static str, Technique>> = LazyLock::new(|| {
    let table = include_str!("../data/attack.tsv");
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(row)
        .map(|technique| (technique.id, technique))
        .collect()
});

fn row(line: &'static str) -> Option<Technique> {
    let mut cells = line.split('\t');
    let (id, name, tactics) = (cells.next()?, cells.next()?, cells.next()?);
    let tactics = tactics.split(',').filter_map(tactic).collect();
    Some(Technique { id, name, tactics })
}

/// The technique of an id such as `T1090` or `T1053.005`, in any case.
pub fn technique(id: &str) -> Option<&'static Technique> {
    TECHNIQUES.get(id.to_ascii_uppercase().as_str())
}

/// The tactic of an id such as `TA0011`.
pub fn tactic(id: &str) -> Option<Tactic> {
    TACTICS.iter().find(|(tactic, _)| tactic.id == id).map(|(tactic, _)| *tactic)
}

/// The kill chain phase of a tactic, as ESCU annotates it.
pub fn kill_chain_phase(tactic: &Tactic) -> &'static str {
    TACTICS.iter().find(|(known, _)| known.id == tactic.id).map_or("Unknown", |(_, phase)| phase)
}

/// True for the form of a technique's id: `T` and four digits, then perhaps a dot and three.
pub fn is_technique_id(id: &str) -> bool {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    match id.strip_prefix('T').map(|rest| rest.split_once('.')) {
        Some(Some((technique, sub))) => digits(technique, 4) && digits(sub, 3),
        Some(None) => digits(id.get(1..).unwrap_or_default(), 4),
        None => false,
    }
}
