//! `urldecode(X)`

use super::Function;
use super::support::{map_text, text_each};

pub(super) const URLDECODE: Function = Function {
    name: "urldecode",
    signature: "urldecode(X)",
    summary: "the text with `%xx` replaced by the character it stands for",
    examples: &[
        (r#"urldecode("http%3A%2F%2Fa%20b")"#, r#"http://a b"#),
        (r#"urldecode("100%")"#, r#"100%"#),
        (r#"urldecode("a+b")"#, r#"a+b"#),
    ],
    kind: text_each,
    call: |call| map_text(call, |text, _| Some(decoded(text).into())),
};

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let digits = after.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(b'%'));
        rest = if byte.is_some() { after.get(2..).unwrap_or("") } else { after };
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}
