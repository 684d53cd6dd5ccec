//! `atan2(Y, X)`

use super::Function;
use super::support::{number, number_item};

pub(super) const ATAN2: Function = Function {
    name: "atan2",
    signature: "atan2(Y, X)",
    summary: "the arc tangent of Y/X, in radians, in the quadrant of the point (X, Y)",
    examples: &[
        (r#"atan2(0, 1)"#, r#"0"#),
        (r#"round(atan2(1, 0)*2, 5)"#, r#"3.14159"#),
        (r#"atan2("x", 1)"#, r#"null"#),
    ],
    kind: number,
    call: |call| {
        let (first, second) = (call.argument(0)?, call.argument(1)?);
        Ok(call.each(|row| {
            let both = first.number(row).zip(second.number(row));
            number_item(both.map(|(first, second)| first.atan2(second)))
        }))
    },
};
