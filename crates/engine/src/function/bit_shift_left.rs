//! `bit_shift_left(X, Y)`

use super::Function;
use super::bits::{MOST, bits, number_of};
use super::support::{number, number_item};

pub(super) const BIT_SHIFT_LEFT: Function = Function {
    name: "bit_shift_left",
    signature: "bit_shift_left(X, Y)",
    summary: "X with its bits moved Y places to the left; bits beyond the 53rd are lost",
    examples: &[
        (r#"bit_shift_left(2, 1)"#, r#"4"#),
        (r#"bit_shift_left(1, 53)"#, r#"0"#),
        (r#"bit_shift_left(3, 52)"#, r#"4503599627370496"#),
        (r#"bit_shift_left(3, -2)"#, r#"null"#),
    ],
    kind: number,
    call: |call| {
        let (value, places) = (call.argument(0)?, call.argument(1)?);
        Ok(call.each(|row| {
            let both = bits(value, row).zip(bits(places, row));
            number_item(both.map(|(value, places)| number_of(shifted_left(value, places))))
        }))
    },
};

fn shifted_left(value: u64, places: u64) -> u64 {
    if places < 53 { (value << places) & MOST } else { 0 }
}
