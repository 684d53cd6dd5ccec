use proptest::prelude::*;
use spl::path::steps;

use super::Json;
use crate::json_path::{flatten, follow};

fn fields(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(json) = Json::parse(text) {
        flatten(&json, &mut String::new(), &mut |name, value| found.push(format!("{name}={value}")));
    }
    found
}

#[test]
fn values_keep_their_text() {
    assert_eq!(
        fields(r#" {"a": 1.50, "b": -1e3, "c": [true, null], "d": {"e\n": "x\u00e9\"\\"}, "f": ""}"#),
        ["a=1.50", "b=-1e3", "c{}=true", "c{}=null", "d.e\n=xé\"\\", "f="]
    );
    assert_eq!(fields(r#"{"a": 1, "a": 2}"#), ["a=1", "a=2"]);
    assert_eq!(fields("[1, {\"a\": 2}]"), ["{}=1", "{}.a=2"]);
    assert_eq!(fields("{\"a\": \"b\nc\"}"), ["a=b\nc"]);
}

#[test]
fn objects_and_arrays_are_as_they_stand() {
    let json = Json::parse(r#"{"a": {"b":  [1,2 ]}, "c": "d"}"#).unwrap();
    let text = |path| {
        let found = follow(&json, &steps(path).unwrap());
        found.into_iter().map(|found| found.text().into_owned()).collect::<Vec<_>>()
    };
    assert_eq!(text("a"), [r#"{"b":  [1,2 ]}"#]);
    assert_eq!(text("a.b"), ["[1,2 ]"]);
    assert_eq!(text("a.b{}"), ["1", "2"]);
    assert_eq!(text("c"), ["d"]);
}

#[test]
fn what_is_cut_off_gives_what_stands_before() {
    assert_eq!(fields(r#"{"a": 1, "b": {"c": "x", "d": [2, 3"#), ["a=1", "b.c=x", "b.d{}=2"]);
    assert_eq!(fields(r#"{"a": "x", "b": "y"#), ["a=x"]);
    assert_eq!(fields(r#"{"a": 1 "b": 2}"#), ["a=1"]);
    assert_eq!(fields(r#"{"a": 1, b: 2}"#), ["a=1"]);
    assert_eq!(fields(r#"{"a""#), [""; 0]);
    assert_eq!(fields(&format!("{}1", "[".repeat(1000))), [""; 0]);
}

#[test]
fn what_begins_otherwise_is_none() {
    for text in ["", "a", "\"a\"", "1", " <a/>", "x {\"a\": 1}"] {
        assert_eq!(Json::parse(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn what_serde_reads_is_read(text in "[{\\[][]\\[{}\":,0-9a-z.eE+\\\\/ -]{0,24}") {
        let ours = Json::parse_whole(&text);
        if let Ok(value) = serde_json::from_str::<serde_json::Value>(&text) {
            let ours = ours.expect("serde reads it");
            let (mut names, mut known) = (Vec::new(), Vec::new());
            flatten(&ours, &mut String::new(), &mut |name, _| names.push(name.to_owned()));
            flatten(&value, &mut String::new(), &mut |name, _| known.push(name.to_owned()));
            names.sort();
            names.dedup();
            known.sort();
            known.dedup();
            prop_assert_eq!(names, known);
        }
        let _part = Json::parse(&text);
    }

    #[test]
    fn a_part_of_a_document_gives_a_part_of_its_values(cut in 0_usize..80) {
        let text = r#"{"a": [1, {"b": "x\"y"}], "c": {"d": null, "é": true}, "f": [[], [2.5]], "g": ""}"#;
        let all = fields(text);
        let part = fields(text.get(..text.floor_char_boundary(cut)).unwrap());
        prop_assert_eq!(part.as_slice(), all.get(..part.len()).unwrap());
    }
}
