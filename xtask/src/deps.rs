//! `cargo xtask deps`: arrows between crates, and libraries that only some crates may know, against `xtask/deps.toml`.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use serde_json::Value;

use crate::lists::{self, Entry, Lists};
use crate::workspace::{Workspace, output_of};

const LIST: &str = "xtask/deps.toml";

/// What a crate depends on, tests left out.
type Dependencies = BTreeMap<String, Vec<String>>;

/// Compare what `cargo metadata` says with the list.
pub(crate) fn run(workspace: &Workspace, _arguments: &[String]) -> anyhow::Result<()> {
    let allowed = lists::parse(&workspace.read(LIST)?).context(LIST)?;
    let metadata = output_of(&mut workspace.cargo(["metadata", "--format-version", "1", "--no-deps"]))?;
    let actual = dependencies(&serde_json::from_str(&metadata)?);
    let problems = problems(&actual, &allowed);
    if !problems.is_empty() {
        bail!("{}", problems.join("\n"));
    }
    println!("{} crates follow the arrows of {LIST}", actual.len());
    Ok(())
}

fn dependencies(metadata: &Value) -> Dependencies {
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    let of = |package: &Value| {
        let all = package["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
        // A test may look anywhere: only what is shipped counts.
        all.iter().filter(|dependency| dependency["kind"].as_str() != Some("dev")).map(name).collect()
    };
    packages.iter().map(|package| (name(package), of(package))).collect()
}

fn problems(actual: &Dependencies, allowed: &Lists) -> Vec<String> {
    let mut problems = Vec::new();
    let names = |section: &str, key: &str| match allowed.get(section).and_then(|entries| entries.get(key)) {
        Some(Entry::Names(names)) => Some(names.as_slice()),
        _ => None,
    };
    for (from, dependencies) in actual {
        let arrows = names("arrows", from);
        if arrows.is_none() {
            problems.push(format!("crate `{from}` is not in [arrows] of {LIST}"));
        }
        for to in dependencies {
            let is_own = actual.contains_key(to);
            if is_own && !arrows.unwrap_or_default().contains(to) {
                problems.push(format!("`{from}` depends on `{to}`: no such arrow in {LIST}"));
            }
            if names("libraries", to).is_some_and(|crates| !crates.contains(from)) {
                problems.push(format!("`{from}` depends on `{to}`, which {LIST} keeps to other crates"));
            }
        }
        for gone in arrows.unwrap_or_default().iter().filter(|to| !dependencies.contains(to)) {
            problems.push(format!("`{from}` no longer depends on `{gone}`: take the arrow out of {LIST}"));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(list: &str, expected: &[&str]) {
        let metadata = serde_json::json!({"packages": [
            {"name": "low", "dependencies": []},
            {"name": "high", "dependencies": [
                {"name": "low", "kind": null},
                {"name": "arrow", "kind": null},
                {"name": "tester", "kind": "dev"},
            ]},
        ]});
        let found = problems(&dependencies(&metadata), &lists::parse(list).unwrap());
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (problem, part) in found.iter().zip(expected) {
            assert!(problem.contains(part), "{problem} lacks {part}");
        }
    }

    #[test]
    fn arrows_must_be_listed_and_used() {
        check("[arrows]\nlow = []\nhigh = [\"low\"]\n", &[]);
        check("[arrows]\nlow = []\nhigh = []\n", &["`high` depends on `low`"]);
        check("[arrows]\nlow = []\n", &["crate `high` is not in", "`high` depends on `low`"]);
        check("[arrows]\nlow = [\"high\"]\nhigh = [\"low\"]\n", &["`low` no longer depends on `high`"]);
    }

    #[test]
    fn libraries_are_kept_to_their_crates() {
        check("[arrows]\nlow = []\nhigh = [\"low\"]\n[libraries]\narrow = [\"high\"]\n", &[]);
        check("[arrows]\nlow = []\nhigh = [\"low\"]\n[libraries]\narrow = [\"low\"]\n", &["`high` depends on `arrow`"]);
    }
}
