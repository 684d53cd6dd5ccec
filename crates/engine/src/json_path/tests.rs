use serde_json::{Value, json};

use super::{Step, extract, flatten, steps};

fn check(value: &Value, path: &str, expected: &[Value]) {
    let found: Vec<Value> = extract(value, path).into_iter().cloned().collect();
    assert_eq!(found, expected, "{path} of {value}");
}

#[test]
fn paths_lead_to_values() {
    let value = json!({"a": {"b": 1}, "c": [{"d": "x"}, {"d": "y", "e": [2, 3]}], "f": null});
    check(&value, "a.b", &[json!(1)]);
    check(&value, "a", &[json!({"b": 1})]);
    check(&value, "c{}.d", &[json!("x"), json!("y")]);
    check(&value, "c{1}.d", &[json!("y")]);
    check(&value, "c{}.e{}", &[json!(2), json!(3)]);
    check(&value, "c{}.e", &[json!([2, 3])]);
    check(&value, "f", &[Value::Null]);
    check(&json!([{"a": 1}, {"a": 2}]), "{}.a", &[json!(1), json!(2)]);
    check(&json!([[1, 2], [3]]), "{}{0}", &[json!(1), json!(3)]);
}

#[test]
fn what_is_not_there_is_no_value() {
    let value = json!({"a": {"b": 1}, "c": [1]});
    for path in ["A", "a.c", "c", "c.d", "c{1}", "c{x}", "c{", "a{}", "c{@d}", "a.b.c"] {
        let expected: &[Value] = if path == "c" { &[json!([1])] } else { &[] };
        check(&value, path, expected);
    }
}

#[test]
fn a_path_has_steps() {
    let member = |name: &str| Step::Member(name.to_owned());
    assert_eq!(
        steps("a.b{}{2}.c{@d}"),
        Some(vec![member("a"), member("b"), Step::Every, Step::At(2), member("c"), Step::Attribute("d".to_owned()),])
    );
    assert_eq!(steps("{}"), Some(vec![Step::Every]));
    assert_eq!(steps("a{b}"), None);
}

#[test]
fn every_value_has_a_name() {
    let value = json!({"a": {"b": [{"c": 1}, {"c": "x", "d": null}], "e": [[true]]}, "f": "", "g": {}, "h": []});
    let mut found = Vec::new();
    flatten(&value, &mut |name, value| found.push(format!("{name}={value}")));
    assert_eq!(found, ["a.b{}.c=1", "a.b{}.c=x", "a.b{}.d=null", "a.e{}{}=true", "f="]);
    found.clear();
    flatten(&json!([{"a": 1}, 2]), &mut |name, value| found.push(format!("{name}={value}")));
    assert_eq!(found, ["{}.a=1", "{}=2"]);
}
