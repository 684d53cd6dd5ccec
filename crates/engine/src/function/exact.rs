//! `exact(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const EXACT: Function = Function {
    name: "exact",
    signature: "exact(X)",
    summary: "X with all its digits; Weir leaves none out anywhere",
    examples: &[(r#"exact(8.250 * 0.2)"#, r#"1.6500000000000001"#), (r#"exact("x")"#, r#"null"#)],
    kind: number,
    call: |call| map_number(call, |number| number),
};
