//! `bit_not(X, Y)`

use super::Function;
use super::bits::{MOST, bits, number_of};
use super::support::{number, number_item};

pub(super) const BIT_NOT: Function = Function {
    name: "bit_not",
    signature: "bit_not(X, Y)",
    summary: "the bits of Y that X has not; without Y, of 53 bits",
    examples: &[
        (r#"bit_not(9)"#, r#"9007199254740982"#),
        (r#"bit_not(9, tonumber("1111", 2))"#, r#"6"#),
        (r#"bit_not(-1)"#, r#"null"#),
    ],
    kind: number,
    call: |call| {
        let (value, mask) = (call.argument(0)?, call.arguments.get(1));
        Ok(call.each(|row| {
            let mask = mask.map_or(Some(MOST), |mask| bits(mask, row));
            number_item(bits(value, row).zip(mask).map(|(value, mask)| number_of(!value & mask)))
        }))
    },
};
