//! `bit_shift_right(X, Y)`

use super::Function;
use super::bits::{bits, number_of};
use super::support::{number, number_item};

pub(super) const BIT_SHIFT_RIGHT: Function = Function {
    name: "bit_shift_right",
    signature: "bit_shift_right(X, Y)",
    summary: "X with its bits moved Y places to the right",
    examples: &[
        (r#"bit_shift_right(4, 1)"#, r#"2"#),
        (r#"bit_shift_right(4, 60)"#, r#"0"#),
        (r#"bit_shift_right(-3, 1)"#, r#"null"#),
    ],
    kind: number,
    call: |call| {
        let (value, places) = (call.argument(0)?, call.argument(1)?);
        Ok(call.each(|row| {
            let both = bits(value, row).zip(bits(places, row));
            number_item(both.map(|(value, places)| number_of(if places < 53 { value >> places } else { 0 })))
        }))
    },
};
