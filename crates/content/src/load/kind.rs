//! Which kind of content a file holds: its folder tells, or its keys where it lies in no folder of that name.

use crate::yaml::{Node, Value};

/// A kind of content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Detection,
    Baseline,
    Macro,
    Lookup,
    Story,
    Deployment,
    Schedule,
    DataSource,
    /// YAML that is no content of ours: playbooks, investigations, dashboards, the repository's own files.
    Ignored,
}

const FOLDERS: [(&str, Kind); 8] = [
    ("detections", Kind::Detection),
    ("baselines", Kind::Baseline),
    ("macros", Kind::Macro),
    ("lookups", Kind::Lookup),
    ("stories", Kind::Story),
    ("deployments", Kind::Deployment),
    ("schedules", Kind::Schedule),
    ("data_sources", Kind::DataSource),
];

/// Folders beside those above whose YAML is something else.
const OTHER_FOLDERS: [&str; 12] = [
    "playbooks",
    "investigations",
    "dashboards",
    "notebooks",
    "workbooks",
    "response_templates",
    "app_template",
    "dist",
    "docs",
    "removed",
    ".github",
    ".git",
];

/// The kind that the path tells; `None` when no folder says. `root` is the length of what all paths of the content
/// folder begin with: a content folder may itself lie in a folder called `docs`.
pub(super) fn by_path(path: &str, root: usize) -> Option<Kind> {
    let mut folders: Vec<&str> = path.split(['/', '\\']).collect();
    let name = folders.pop();
    if name.is_some_and(|name| name.starts_with('.') || name == "contentctl.yml") {
        return Some(Kind::Ignored);
    }
    let last = folders.iter().rposition(|folder| FOLDERS.iter().any(|(known, _)| known == folder));
    let above = path.get(..root).unwrap_or_default().matches(['/', '\\']).count();
    let last_other = folders.iter().rposition(|folder| OTHER_FOLDERS.contains(folder)).filter(|at| *at >= above);
    match (last, last_other) {
        // `removed/detections/x.yml` was taken out of the content; `docs/detections/x.yml` is content.
        (Some(at), Some(other)) if other > at || folders.get(other) == Some(&"removed") => Some(Kind::Ignored),
        (Some(at), _) => {
            let folder = folders.get(at).copied().unwrap_or_default();
            FOLDERS.iter().find(|(known, _)| *known == folder).map(|(_, kind)| *kind)
        }
        (None, other) => other.map(|_| Kind::Ignored),
    }
}

/// Length of what the paths of a content folder begin with, up to and with the last `/`.
pub(super) fn root<'p>(mut paths: impl Iterator<Item = &'p str>) -> usize {
    let Some(first) = paths.next() else { return 0 };
    let folder = |path: &str| path.rfind(['/', '\\']).map_or(0, |at| at + 1);
    let mut length = folder(first);
    for path in paths {
        let same = first.bytes().zip(path.bytes()).take(length).take_while(|(left, right)| left == right).count();
        length = first.get(..same).map_or(0, folder);
    }
    length
}

/// The kind that a document's keys tell.
pub(super) fn by_keys(node: &Node<'_>) -> Kind {
    let Value::Map(entries) = &node.value else {
        return Kind::Ignored;
    };
    let has = |key: &str| entries.iter().any(|entry| entry.key == key);
    let kind_is = |wanted: &str| {
        let mut types = entries.iter().filter(|entry| entry.key == "type");
        types.any(|entry| matches!(&entry.node.value, Value::Scalar(scalar) if scalar.text == wanted))
    };
    if has("playbook") || kind_is("Investigation") {
        Kind::Ignored
    } else if kind_is("Baseline") && !has("scheduling") {
        Kind::Baseline
    } else if has("search") || has("how_to_implement") || has("known_false_positives") {
        Kind::Detection
    } else if has("definition") {
        Kind::Macro
    } else if has("narrative") {
        Kind::Story
    } else if has("sourcetype") {
        Kind::DataSource
    } else if has("filename") || has("collection") || has("lookup_type") {
        Kind::Lookup
    } else if has("scheduling") && has("type") {
        Kind::Deployment
    } else if has("scheduling") || has("cron_schedule") {
        Kind::Schedule
    } else {
        Kind::Ignored
    }
}

/// A file's name without folders and ending.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
