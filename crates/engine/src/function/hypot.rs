//! `hypot(X, Y)`

use super::Function;
use super::support::{number, number_item};

pub(super) const HYPOT: Function = Function {
    name: "hypot",
    signature: "hypot(X, Y)",
    summary: "the length of the hypotenuse of a triangle with the sides X and Y",
    examples: &[(r#"hypot(3, 4)"#, r#"5"#), (r#"hypot(3, null())"#, r#"null"#)],
    kind: number,
    call: |call| {
        let (first, second) = (call.argument(0)?, call.argument(1)?);
        Ok(call.each(|row| {
            let both = first.number(row).zip(second.number(row));
            number_item(both.map(|(first, second)| first.hypot(second)))
        }))
    },
};
