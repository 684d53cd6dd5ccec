//! `bit_or(X, Y, …)`

use super::Function;
use super::bits::joined;
use super::support::number;

pub(super) const BIT_OR: Function = Function {
    name: "bit_or",
    signature: "bit_or(X, Y, …)",
    summary: "the bits that some argument has",
    examples: &[(r#"bit_or(4, 2)"#, r#"6"#), (r#"bit_or(1, 2, "4")"#, r#"7"#), (r#"bit_or(1, 0.5)"#, r#"null"#)],
    kind: number,
    call: |call| joined(call, |made, next| made | next),
};
