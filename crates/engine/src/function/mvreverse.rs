//! `mvreverse(X)`

use super::Function;
use super::support::{map_values, multi};

pub(super) const MVREVERSE: Function = Function {
    name: "mvreverse",
    signature: "mvreverse(X)",
    summary: "the values from the last to the first",
    examples: &[(r#"mvreverse(split("a,b,c", ","))"#, r#"c b a"#), (r#"mvreverse(null())"#, r#"null"#)],
    kind: multi,
    call: |call| map_values(call, |values| values.reverse()),
};
