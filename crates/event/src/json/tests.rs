use proptest::prelude::*;

use super::read_object;
use crate::builder::{At, Builder};
use crate::{DecodeOptions, Format};

/// The fields of one object, or where and why it is none.
fn read(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut batches = Vec::new();
    let mut sink = |batch| batches.push(batch);
    let mut builder = Builder::new(&DecodeOptions::default(), &mut sink);
    builder.begin(Format::Json, At::default());
    let end = read_object(text, 0, &mut builder).map_err(|error| format!("{} {}", error.at, error.reason))?;
    if !text.split_at(end).1.trim().is_empty() {
        return Err(format!("{end} more behind it"));
    }
    builder.quoted(text.split_at(end).0, 0);
    builder.end();
    builder.flush();
    let batch = &batches[0];
    let fields =
        batch.fields_of(&batch.events[0]).map(|(id, value)| (batch.names.name(id).to_owned(), value.to_owned()));
    Ok(fields.collect())
}

fn check(text: &str, expected: &[(&str, &str)]) {
    let expected: Vec<(String, String)> =
        expected.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    assert_eq!(read(text), Ok(expected), "{text}");
}

fn refuses(text: &str, expected: &str) {
    assert_eq!(read(text), Err(expected.to_owned()), "{text}");
}

#[test]
fn paths_are_splunk_s() {
    check(r#"{"a":{"b":"x","c":{"d":1}},"e":2}"#, &[("a.b", "x"), ("a.c.d", "1"), ("e", "2")]);
    check(
        r#"{"a":[1,2],"b":[{"c":1},{"c":2,"d":[3]}]}"#,
        &[("a{}", "1"), ("a{}", "2"), ("b{}.c", "1"), ("b{}.c", "2"), ("b{}.d{}", "3")],
    );
    check(r#"{"a":[[1],[2]]}"#, &[("a{}{}", "1"), ("a{}{}", "2")]);
    check(r#"{"a":{},"b":[],"c":""}"#, &[]);
    check(r#"{"a.b":1,"é\n\"":2}"#, &[("a.b", "1"), ("é\n\"", "2")]);
}

#[test]
fn values_keep_their_text() {
    check(
        r#"{"a":-9223372036854775808,"b":1.50,"c":1e3,"d":true,"e":null,"f":false,"g":123456789012345678901234567890}"#,
        &[
            ("a", "-9223372036854775808"),
            ("b", "1.50"),
            ("c", "1e3"),
            ("d", "true"),
            ("e", "null"),
            ("f", "false"),
            ("g", "123456789012345678901234567890"),
        ],
    );
    check(r#"{"a":"C:\\Windows\r\n\t\u00e9\ud83d\ude00\/"}"#, &[("a", "C:\\Windows\r\n\té😀/")]);
    check(r#"{"a":"\ud83dx"}"#, &[("a", "\u{fffd}x")]);
}

#[test]
fn what_is_no_json_is_refused() {
    refuses("{", "1 the object has no end");
    refuses(r#"{"a":1,}"#, "7 `\"` expected");
    refuses(r#"{"a":01}"#, "6 `,` or `}` expected");
    refuses(r#"{"a":1.}"#, "7 a digit expected");
    refuses("{\"a\":\"b\nc\"}", "7 a line break or control character in a string");
    refuses(r#"{"a":"\x"}"#, "6 an unknown escape in a string");
    refuses(r#"{"a":"\u12"}"#, "6 `\\u` without four hex digits");
    refuses(r#"{"a":tru}"#, "5 a value expected");
    refuses(&format!("{}{}", "{\"a\":".repeat(200), "}".repeat(200)), "640 nested too deeply");
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        ".{0,6}".prop_map(serde_json::Value::String),
        Just(serde_json::Value::Null),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::Array),
            prop::collection::vec((".{1,4}", inner), 0..4)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

fn flatten(path: &str, value: &serde_json::Value, into: &mut Vec<(String, String)>) {
    match value {
        serde_json::Value::Object(members) => {
            for (name, value) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(&path, value, into);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| flatten(&format!("{path}{{}}"), item, into)),
        serde_json::Value::String(text) if text.is_empty() && !path.contains("{}") => {}
        serde_json::Value::String(text) => into.push((path.to_owned(), text.clone())),
        other => into.push((path.to_owned(), other.to_string())),
    }
}

proptest! {
    #[test]
    fn fields_are_those_of_a_tree(value in json()) {
        let object = serde_json::json!({ "a": value });
        let mut expected = Vec::new();
        flatten("", &object, &mut expected);
        prop_assert_eq!(read(&object.to_string()), Ok(expected.clone()));
        prop_assert_eq!(read(&serde_json::to_string_pretty(&object).unwrap()), Ok(expected));
    }

    #[test]
    fn what_serde_refuses_is_refused(text in r#"\{("a"|[]\[{}":,0-9.eE+\\/tn -]){0,12}\}"#) {
        let is_json = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&text);
        // A number too large for serde is still JSON.
        let fits = !matches!(&is_json, Err(error) if error.to_string().contains("out of range"));
        prop_assume!(fits);
        prop_assert_eq!(read(&text).is_ok(), is_json.is_ok(), "{}", text);
    }
}
