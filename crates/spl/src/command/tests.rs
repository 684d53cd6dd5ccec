//! The registries.

use super::*;

#[test]
fn names_are_unique() {
    let mut names: Vec<_> = all_names().collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn examples_parse_as_their_command() {
    for command in TYPED {
        assert!(!command.examples.is_empty(), "{} has no example", command.name);
        for example in command.examples {
            let parsed = crate::parse(example);
            assert_eq!(parsed.diagnostics, [], "{example:?}");
            let names = [command.name].into_iter().chain(command.aliases.iter().copied()).collect::<Vec<_>>();
            let uses = |found: &crate::ast::Command| {
                names.contains(&found.name.value.as_str()) && !matches!(found.kind, CommandKind::Other { .. })
            };
            assert!(parsed.pipeline.commands.iter().any(uses), "{example:?} does not show `{}`", command.name);
        }
    }
}

#[test]
fn unknown_is_not_unsupported() {
    assert!(known("stats") && known("STATS") && known("bucket") && known("transaction") && known("kv"));
    assert!(!known("eventstat") && !known(""));
    assert!(typed("bucket").is_some_and(|command| command.name == "bin"));
    assert_eq!(closest("eventstat"), Some("eventstats"));
    assert_eq!(closest("xyzzyx"), None);
}
