//! `min(X, …)`

use std::cmp::Ordering;

use super::Function;
use super::support::{extreme, unified};

pub(super) const MIN: Function = Function {
    name: "min",
    signature: "min(X, …)",
    summary: "the smallest of the values; texts are larger than numbers",
    examples: &[(r#"min(1, 3, 2)"#, r#"1"#), (r#"min("apple", "pear")"#, r#"apple"#), (r#"min(1, "a")"#, r#"1"#)],
    kind: unified,
    call: |call| extreme(call, Ordering::Less),
};
