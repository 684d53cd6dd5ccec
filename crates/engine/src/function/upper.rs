//! `upper(X)`

use super::Function;
use super::support::{map_text, text_each};

pub(super) const UPPER: Function = Function {
    name: "upper",
    signature: "upper(X)",
    summary: "the text in upper case",
    examples: &[(r#"upper("AbC")"#, r#"ABC"#), (r#"upper(split("a,b", ","))"#, r#"A B"#)],
    kind: text_each,
    call: |call| map_text(call, |text, _| Some(text.to_uppercase().into())),
};
