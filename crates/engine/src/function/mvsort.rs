//! `mvsort(X)`

use super::Function;
use super::support::{map_values, multi};

pub(super) const MVSORT: Function = Function {
    name: "mvsort",
    signature: "mvsort(X)",
    summary: "the values in the order of text, byte by byte",
    examples: &[
        (r#"mvsort(split("10,9,70,100", ","))"#, r#"10 100 70 9"#),
        (r#"mvsort(split("b,B,a,1", ","))"#, r#"1 B a b"#),
    ],
    kind: multi,
    call: |call| map_values(call, |values| values.sort()),
};
