//! `mvappend(X, …)`

use super::Function;
use super::support::multi;
use crate::column::Output;

pub(super) const MVAPPEND: Function = Function {
    name: "mvappend",
    signature: "mvappend(X, …)",
    summary: "the values of all arguments, in order",
    examples: &[(r#"mvappend("a", split("b,c", ","))"#, r#"a b c"#), (r#"mvappend(null(), "b")"#, r#"b"#)],
    kind: multi,
    call: |call| {
        let mut output = Output::new(call.kind, call.rows);
        for row in 0..call.rows {
            let values: Vec<_> = call.arguments.iter().flat_map(|argument| argument.values(row)).collect();
            output.push_values(&values);
        }
        Ok(output.finish())
    },
};
