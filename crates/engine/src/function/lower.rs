//! `lower(X)`

use super::Function;
use super::support::{map_text, text_each};

pub(super) const LOWER: Function = Function {
    name: "lower",
    signature: "lower(X)",
    summary: "the text in lower case",
    examples: &[(r#"lower("AbC")"#, r#"abc"#), (r#"lower(null())"#, r#"null"#)],
    kind: text_each,
    call: |call| map_text(call, |text, _| Some(text.to_lowercase().into())),
};
