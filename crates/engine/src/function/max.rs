//! `max(X, …)`

use std::cmp::Ordering;

use super::Function;
use super::support::{extreme, unified};

pub(super) const MAX: Function = Function {
    name: "max",
    signature: "max(X, …)",
    summary: "the largest of the values; texts are larger than numbers",
    examples: &[
        (r#"max(1, 3, 2)"#, r#"3"#),
        (r#"max("apple", "pear")"#, r#"pear"#),
        (r#"max(1, "a")"#, r#"a"#),
        (r#"max(null(), 2)"#, r#"2"#),
    ],
    kind: unified,
    call: |call| extreme(call, Ordering::Greater),
};
