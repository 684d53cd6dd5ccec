//! `log(X, Y)`

use super::Function;
use super::support::{number, number_item};

pub(super) const LOG: Function = Function {
    name: "log",
    signature: "log(X, Y)",
    summary: "the logarithm of X to base Y; without Y, 10",
    examples: &[(r#"log(1000)"#, r#"3"#), (r#"log(8, 2)"#, r#"3"#), (r#"log(-1)"#, r#"nan"#)],
    kind: number,
    call: |call| {
        let (value, base) = (call.argument(0)?, call.arguments.get(1));
        Ok(call.each(|row| {
            number_item(value.number(row).and_then(|value| {
                match base {
                    None => Some(value.log10()),
                    // log2 is exact for powers of two, a quotient of logarithms is not.
                    Some(base) => base
                        .number(row)
                        .map(|base| if base.total_cmp(&2.0).is_eq() { value.log2() } else { value.log(base) }),
                }
            }))
        }))
    },
};
