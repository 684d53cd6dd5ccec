//! JSON in, JSON out.

use super::*;

const CITIES: &str = r#"{"cities": [{"name": "London", "Bridges": [{"name": "Tower Bridge", "length": 801}, {"name": "M", "length": 1066}]},
    {"name": "Venice", "Bridges": [{"name": "Rialto Bridge", "length": 157}, {"name": "Ponte"}]}], "n": 1.50, "x": null}"#;

fn check_get(path: &str, expected: &[&str]) {
    let value = parse(CITIES).unwrap();
    let path = Path::parse(path);
    let found: Vec<String> = path.get(&value).into_iter().map(write).collect();
    assert_eq!(found, expected, "{path:?}");
}

#[test]
fn paths_find_values() {
    check_get("n", &["1.5"]);
    check_get("x", &["null"]);
    check_get("cities{0}.name", &["\"London\""]);
    check_get("cities{}.name", &["\"London\"", "\"Venice\""]);
    check_get("cities{}.Bridges{}.length", &["801", "1066", "157"]);
    check_get("cities{1}.Bridges{0}", &[r#"{"name":"Rialto Bridge","length":157}"#]);
    check_get("cities{9}.name", &[]);
    check_get("cities.name", &[]);
    check_get("cities{0}{}.name", &["\"London\""]);
    check_get("n.m", &[]);
    check_get("cities{x}", &[]);
    assert_eq!(Path::parse("{}").get(&parse(CITIES).unwrap()).len(), 1);
    assert_eq!(Path::parse("{}.a").get(&parse(r#"[{"a":1},{"a":2},{}]"#).unwrap()).len(), 2);
}

fn check_set(text: &str, path: &str, expected: &str) {
    let mut value = parse(text).unwrap();
    Path::parse(path).set(&mut value, &Value::from("new"));
    assert_eq!(write(&value), expected, "{path:?}");
}

#[test]
fn paths_are_set() {
    check_set(r#"{"a":1}"#, "a", r#"{"a":"new"}"#);
    check_set(r#"{"a":1}"#, "b.c.d", r#"{"a":1,"b":{"c":{"d":"new"}}}"#);
    check_set(r#"{"a":"b"}"#, "a.c", r#"{"a":"b"}"#);
    check_set(r#"{"a":[1,2]}"#, "a{1}", r#"{"a":[1,"new"]}"#);
    check_set(r#"{"a":[{},{"b":1}]}"#, "a{}.b", r#"{"a":[{"b":"new"},{"b":"new"}]}"#);
    check_set(r#"{"a":[1]}"#, "a{5}", r#"{"a":[1]}"#);
    check_set(r#"{"a":1}"#, "b{}.c", r#"{"a":1}"#);
}

#[test]
fn members_are_removed_in_place() {
    let mut value = parse(r#"{"a":1,"b":{"c":2,"d":3},"e":4}"#).unwrap();
    for path in ["a", "b.c", "z", "b.z.y", "e{0}"] {
        Path::parse(path).remove(&mut value);
    }
    assert_eq!(write(&value), r#"{"b":{"d":3},"e":4}"#);
}

#[test]
fn values_of_fields() {
    let check = |item: Item<'_>, literal: bool, expected: &str| assert_eq!(write(&of(&item, literal)), expected);
    check(Item::Text("maria".into()), true, "\"maria\"");
    check(Item::Text("801".into()), true, "\"801\"");
    check(Item::Text("801".into()), false, "801");
    check(Item::Text("007".into()), false, "\"007\"");
    check(Item::Text("true".into()), false, "\"true\"");
    check(Item::Text(r#"[1, {"a": 2.0}]"#.into()), false, r#"[1,{"a":2}]"#);
    check(Item::Text("[1".into()), false, "\"[1\"");
    check(Item::Number(2.5), false, "2.5");
    check(Item::Number(f64::NAN), false, "null");
    check(Item::Multi(vec!["1", "b"]), false, r#"["1","b"]"#);
    check(Item::Null, false, "null");
}

#[test]
fn deep_text_is_refused_and_not_walked() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    assert_eq!(parse(&deep), None);
}
