//! `sum(X, …)`

use super::Function;
use super::support::{number, number_item, numbers_of_row};

pub(super) const SUM: Function = Function {
    name: "sum",
    signature: "sum(X, …)",
    summary: "the sum of the numbers among all values; what is no number is passed over",
    examples: &[(r#"sum(1, 2, 3)"#, r#"6"#), (r#"sum(split("1,2,x", ","), 6)"#, r#"9"#), (r#"sum(null())"#, r#"null"#)],
    kind: number,
    call: |call| {
        Ok(call.each(|row| {
            let numbers = numbers_of_row(call, row);
            number_item((!numbers.is_empty()).then(|| numbers.iter().sum()))
        }))
    },
};
