//! `sha256(X)`

use sha2::{Digest, Sha256};

use super::Function;
use super::support::{hexadecimal, map_text, text_each};

pub(super) const SHA256: Function = Function {
    name: "sha256",
    signature: "sha256(X)",
    summary: "the SHA256 hash of a text, as lower-case hexadecimal digits",
    examples: &[(r#"sha256("abc")"#, r#"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"#)],
    kind: text_each,
    call: |call| map_text(call, |text, _| Some(hexadecimal(&Sha256::digest(text.as_bytes())).into())),
};
