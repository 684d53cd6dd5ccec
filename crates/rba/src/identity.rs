//! Ids that depend on nothing but what was found.

use std::borrow::Cow;
use std::fmt::Write as _;

use sha1::{Digest, Sha1};
use spl::value::{Row, Value, format_number};
use uuid::Uuid;

/// The namespace of Weir's ids (a random UUID, fixed for ever).
const NAMESPACE: Uuid = Uuid::from_u128(0x8f6b_3a52_17c4_4e0d_9b1e_5d2c_70a4_e693);

/// The id of the finding that these parts name. No two different lists of parts share the text that is hashed.
pub(crate) fn id_of(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        push(&mut text, part);
    }
    version_5(text.as_bytes()).to_string()
}

/// The name-based UUID of RFC 9562, section 5.5: SHA-1 of the namespace and the name.
fn version_5(name: &[u8]) -> Uuid {
    let hash = Sha1::new().chain_update(NAMESPACE.as_bytes()).chain_update(name).finalize();
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash).for_each(|(byte, hashed)| *byte = hashed);
    uuid::Builder::from_sha1_bytes(bytes).into_uuid()
}

/// A row as text, whatever the order of its fields: those of `key`, or all. Null fields are left out.
pub(crate) fn row_key(row: &Row, key: Option<&[String]>) -> String {
    let mut fields: Vec<(&str, Cow<'_, str>)> = Vec::new();
    for (name, value) in &row.fields {
        let told_apart_by = key.is_none_or(|key| key.iter().any(|field| **field == **name));
        if told_apart_by && *value != Value::Null {
            fields.push((name, value_key(value)));
        }
    }
    fields.sort();
    let mut text = String::new();
    for (name, value) in fields {
        push(&mut text, name);
        push(&mut text, &value);
    }
    text
}

fn value_key(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::Text(text) => Cow::Borrowed(text),
        // A number and its text are one: whether a column was typed is no part of what was found.
        Value::Number(number) => format_number(*number).into(),
        Value::Bool(truth) => truth.to_string().into(),
        Value::Multi(values) => {
            let mut key = String::new();
            values.iter().for_each(|value| push(&mut key, &value_key(value)));
            key.into()
        }
    }
}

/// Length first, so that `ab`+`c` and `a`+`bc` differ.
fn push(text: &mut String, part: &str) {
    let _infallible = write!(text, "{}:{part};", part.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_uuids_of_version_5() {
        // The same as Python's uuid.uuid5 over this namespace and name.
        let id = version_5(b"weir");
        assert_eq!(id.get_version_num(), 5);
        assert_eq!(id.to_string(), "93eb4b65-f440-5e7e-aee7-a06fcd00ed6c");
    }
}
