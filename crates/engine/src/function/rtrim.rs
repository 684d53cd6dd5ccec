//! `rtrim(X, Y)`

use super::Function;
use super::support::{map_text, text_each};

pub(super) const RTRIM: Function = Function {
    name: "rtrim",
    signature: "rtrim(X, Y)",
    summary: "the text without the characters of Y on the right; without Y, blanks and tabs",
    examples: &[(r#"rtrim("abc  ")"#, r#"abc"#), (r#"rtrim("abcZZ", "Z")"#, r#"abc"#)],
    kind: text_each,
    call: |call| {
        let characters = call.arguments.get(1);
        map_text(call, |text, row| {
            let Some(input) = characters else { return Some(text.trim_end_matches([' ', '\t']).to_owned().into()) };
            let characters = input.text(row)?;
            Some(text.trim_end_matches(|c| characters.contains(c)).to_owned().into())
        })
    },
};
