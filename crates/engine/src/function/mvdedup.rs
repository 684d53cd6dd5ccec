//! `mvdedup(X)`

use std::collections::HashSet;

use super::Function;
use super::support::multi;
use crate::column::Output;

pub(super) const MVDEDUP: Function = Function {
    name: "mvdedup",
    signature: "mvdedup(X)",
    summary: "the values without those that came before",
    examples: &[(r#"mvdedup(split("a,b,a", ","))"#, r#"a b"#)],
    kind: multi,
    call: |call| {
        let value = call.argument(0)?;
        let mut output = Output::new(call.kind, call.rows);
        for row in 0..call.rows {
            let mut values = value.values(row);
            let mut seen = HashSet::new();
            values.retain(|value| seen.insert(value.clone()));
            output.push_values(&values);
        }
        Ok(output.finish())
    },
};
