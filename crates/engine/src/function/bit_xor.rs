//! `bit_xor(X, Y, …)`

use super::Function;
use super::bits::joined;
use super::support::number;

pub(super) const BIT_XOR: Function = Function {
    name: "bit_xor",
    signature: "bit_xor(X, Y, …)",
    summary: "the bits that an odd number of arguments has",
    examples: &[(r#"bit_xor(3, 2)"#, r#"1"#), (r#"bit_xor(4, 6, 6)"#, r#"4"#)],
    kind: number,
    call: |call| joined(call, |made, next| made ^ next),
};
