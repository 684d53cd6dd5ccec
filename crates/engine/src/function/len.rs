//! `len(X)`

use super::Function;
use super::support::{number, number_item};

pub(super) const LEN: Function = Function {
    name: "len",
    signature: "len(X)",
    summary: "the number of characters of a text",
    examples: &[
        (r#"len("abc")"#, r#"3"#),
        (r#"len("")"#, r#"0"#),
        (r#"len(1234)"#, r#"4"#),
        (r#"len(null())"#, r#"null"#),
    ],
    kind: number,
    call: |call| {
        let text = call.argument(0)?;
        Ok(call.each(|row| {
            number_item(text.text(row).and_then(|text| u32::try_from(text.chars().count()).ok()).map(f64::from))
        }))
    },
};
