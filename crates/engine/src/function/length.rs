//! `length(X)`

use super::{Function, len};

/// "You can use either len or length for the function name."
pub(super) const LENGTH: Function =
    Function { name: "length", signature: "length(X)", examples: &[(r#"length("abc")"#, r#"3"#)], ..len::LEN };
