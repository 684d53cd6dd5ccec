//! `mvdedup(X)`

use std::collections::HashSet;

use super::Function;
use super::support::{map_values, multi};

pub(super) const MVDEDUP: Function = Function {
    name: "mvdedup",
    signature: "mvdedup(X)",
    summary: "the values without those that came before",
    examples: &[(r#"mvdedup(split("a,b,a", ","))"#, r#"a b"#)],
    kind: multi,
    call: |call| {
        map_values(call, |values| {
            let mut seen = HashSet::new();
            values.retain(|value| seen.insert(value.clone()));
        })
    },
};
