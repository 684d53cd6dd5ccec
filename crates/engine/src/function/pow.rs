//! `pow(X, Y)`

use super::Function;
use super::support::{number, number_item};

pub(super) const POW: Function = Function {
    name: "pow",
    signature: "pow(X, Y)",
    summary: "X to the power of Y",
    examples: &[(r#"pow(2, 10)"#, r#"1024"#), (r#"pow(10, 999)"#, r#"inf"#), (r#"pow("x", 2)"#, r#"null"#)],
    kind: number,
    call: |call| {
        let (base, exponent) = (call.argument(0)?, call.argument(1)?);
        Ok(call.each(|row| {
            number_item(base.number(row).zip(exponent.number(row)).map(|(base, exponent)| base.powf(exponent)))
        }))
    },
};
