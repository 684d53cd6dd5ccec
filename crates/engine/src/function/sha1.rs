//! `sha1(X)`

use sha1::{Digest, Sha1};

use super::Function;
use super::support::{hexadecimal, map_text, text_each};

pub(super) const SHA1: Function = Function {
    name: "sha1",
    signature: "sha1(X)",
    summary: "the SHA1 hash of a text, as lower-case hexadecimal digits",
    examples: &[(r#"sha1("abc")"#, r#"a9993e364706816aba3e25717850c26c9cd0d89d"#)],
    kind: text_each,
    call: |call| map_text(call, |text, _| Some(hexadecimal(&Sha1::digest(text.as_bytes())).into())),
};
