//! `md5(X)`

use md5::{Digest, Md5};

use super::Function;
use super::support::{hexadecimal, map_text, text_each};

pub(super) const MD5: Function = Function {
    name: "md5",
    signature: "md5(X)",
    summary: "the MD5 hash of a text, as lower-case hexadecimal digits",
    examples: &[(r#"md5("abc")"#, r#"900150983cd24fb0d6963f7d28e17f72"#)],
    kind: text_each,
    call: |call| map_text(call, |text, _| Some(hexadecimal(&Md5::digest(text.as_bytes())).into())),
};
