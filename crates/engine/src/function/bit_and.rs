//! `bit_and(X, Y, …)`

use super::Function;
use super::bits::joined;
use super::support::number;

pub(super) const BIT_AND: Function = Function {
    name: "bit_and",
    signature: "bit_and(X, Y, …)",
    summary: "the bits that all arguments have",
    examples: &[
        (r#"bit_and(12, 9)"#, r#"8"#),
        (r#"bit_and(9007199254740992, 1)"#, r#"null"#),
        (r#"bit_and(1, -1)"#, r#"null"#),
    ],
    kind: number,
    call: |call| joined(call, |made, next| made & next),
};
