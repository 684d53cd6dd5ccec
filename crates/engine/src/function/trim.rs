//! `trim(X, Y)`

use super::Function;
use super::support::{map_text, text_each};

pub(super) const TRIM: Function = Function {
    name: "trim",
    signature: "trim(X, Y)",
    summary: "the text without the characters of Y on both sides; without Y, blanks and tabs",
    examples: &[(r#"trim("  a ")"#, r#"a"#), (r#"trim("xxaxx", "x")"#, r#"a"#)],
    kind: text_each,
    call: |call| {
        let characters = call.arguments.get(1);
        map_text(call, |text, row| {
            let Some(input) = characters else { return Some(text.trim_matches([' ', '\t']).to_owned().into()) };
            let characters = input.text(row)?;
            Some(text.trim_matches(|c| characters.contains(c)).to_owned().into())
        })
    },
};
