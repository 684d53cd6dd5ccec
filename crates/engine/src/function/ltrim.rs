//! `ltrim(X, Y)`

use super::Function;
use super::support::{map_text, text_each};

pub(super) const LTRIM: Function = Function {
    name: "ltrim",
    signature: "ltrim(X, Y)",
    summary: "the text without the characters of Y on the left; without Y, blanks and tabs",
    examples: &[(r#"ltrim(" Z")"#, r#"Z"#), (r#"ltrim("  ZZabc", " Z")"#, r#"abc"#)],
    kind: text_each,
    call: |call| {
        let characters = call.arguments.get(1);
        map_text(call, |text, row| {
            let Some(input) = characters else { return Some(text.trim_start_matches([' ', '\t']).to_owned().into()) };
            let characters = input.text(row)?;
            Some(text.trim_start_matches(|c| characters.contains(c)).to_owned().into())
        })
    },
};
