//! `sha512(X)`

use sha2::{Digest, Sha512};

use super::Function;
use super::support::{hexadecimal, map_text, text_each};

pub(super) const SHA512: Function = Function {
    name: "sha512",
    signature: "sha512(X)",
    summary: "the SHA512 hash of a text, as lower-case hexadecimal digits",
    examples: &[(r#"substr(sha512("abc"), 1, 32)"#, r#"ddaf35a193617abacc417349ae204131"#)],
    kind: text_each,
    call: |call| map_text(call, |text, _| Some(hexadecimal(&Sha512::digest(text.as_bytes())).into())),
};
