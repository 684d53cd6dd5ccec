//! `avg(X, …)`

use super::Function;
use super::support::{number, number_item, numbers_of_row};

pub(super) const AVG: Function = Function {
    name: "avg",
    signature: "avg(X, …)",
    summary: "the mean of the numbers among all values; what is no number is passed over",
    examples: &[(r#"avg(1, 2, 3)"#, r#"2"#), (r#"avg(split("1,2,x", ","), 6)"#, r#"3"#), (r#"avg(null())"#, r#"null"#)],
    kind: number,
    #[expect(clippy::cast_precision_loss, reason = "a number of arguments")]
    call: |call| {
        Ok(call.each(|row| {
            let numbers = numbers_of_row(call, row);
            number_item((!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / numbers.len() as f64))
        }))
    },
};
