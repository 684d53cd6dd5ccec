//! `mvcount(X)`

use super::Function;
use super::support::{number, number_item};

pub(super) const MVCOUNT: Function = Function {
    name: "mvcount",
    signature: "mvcount(X)",
    summary: "the number of values; null when there is none",
    examples: &[
        (r#"mvcount(split("a,b", ","))"#, r#"2"#),
        (r#"mvcount("a")"#, r#"1"#),
        (r#"mvcount(null())"#, r#"null"#),
    ],
    kind: number,
    call: |call| {
        let value = call.argument(0)?;
        let count = |row| u32::try_from(value.values(row).len()).ok().filter(|count| *count > 0);
        Ok(call.each(|row| number_item(count(row).map(f64::from))))
    },
};
