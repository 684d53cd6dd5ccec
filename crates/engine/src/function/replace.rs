//! `replace(X, Y, Z)`

use super::Function;
use super::support::map_text_with;
use super::support::text_each;
use crate::regex::Regexes;

pub(super) const REPLACE: Function = Function {
    name: "replace",
    signature: "replace(X, Y, Z)",
    summary: "X with every match of the expression Y replaced by Z, in which \\1 is the first group",
    examples: &[
        (r#"replace("1/14/2023", "^(\d{1,2})/(\d{1,2})/", "\2/\1/")"#, r#"14/1/2023"#),
        (r#"replace("aXbX", "X", "$")"#, r#"a$b$"#),
        (r#"replace(null(), "a", "b")"#, r#"null"#),
    ],
    kind: text_each,
    call: |call| {
        let (pattern, replacement) = (call.argument(1)?, call.argument(2)?);
        let mut regexes = Regexes::default();
        map_text_with(call, |text, row| {
            let (Some(pattern), Some(replacement)) = (pattern.text(row), replacement.text(row)) else {
                return Ok(None);
            };
            regexes.get(&pattern).map(|regex| regex.replace_all(text, &replacement)).transpose()
        })
    },
};
