//! `mvjoin(X, Y)`

use super::Function;
use super::support::{text, text_item};

pub(super) const MVJOIN: Function = Function {
    name: "mvjoin",
    signature: "mvjoin(X, Y)",
    summary: "the values as one text with Y between them",
    examples: &[(r#"mvjoin(split("a,b", ","), "; ")"#, r#"a; b"#), (r#"mvjoin(null(), ",")"#, r#"null"#)],
    kind: text,
    call: |call| {
        let (value, delimiter) = (call.argument(0)?, call.argument(1)?);
        Ok(call.each(|row| {
            let values = value.values(row);
            let delimiter = delimiter.text(row).filter(|_| !values.is_empty());
            text_item(delimiter.map(|delimiter| values.join(&*delimiter)))
        }))
    },
};
