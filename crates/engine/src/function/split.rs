//! `split(X, Y)`

use super::Function;
use super::support::multi;
use crate::column::Output;

pub(super) const SPLIT: Function = Function {
    name: "split",
    signature: "split(X, Y)",
    summary: "the parts of a text between the delimiters Y; with an empty delimiter, its characters",
    examples: &[
        (r#"split("a,b,c", ",")"#, r#"a b c"#),
        (r#"split("abc", "")"#, r#"a b c"#),
        (r#"mvcount(split("a,,b", ","))"#, r#"3"#),
    ],
    kind: multi,
    call: |call| {
        let (value, delimiter) = (call.argument(0)?, call.argument(1)?);
        let mut output = Output::new(call.kind, call.rows);
        for row in 0..call.rows {
            let parts = match (value.text(row), delimiter.text(row)) {
                (Some(text), Some(delimiter)) if delimiter.is_empty() => text.chars().map(String::from).collect(),
                (Some(text), Some(delimiter)) => text.split(&*delimiter).map(str::to_owned).collect(),
                _ => Vec::new(),
            };
            output.push_values(&parts);
        }
        Ok(output.finish())
    },
};
