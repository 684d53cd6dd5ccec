use serde_json::{Value, json};

use spl::path::steps;

use super::{flatten, follow};

fn check(value: &Value, path: &str, expected: &[Value]) {
    let steps = steps(path);
    let found = steps.iter().flat_map(|steps| follow(value, steps));
    let found: Vec<Value> = found.cloned().collect();
    assert_eq!(found, expected, "{path} of {value}");
}

#[test]
fn paths_lead_to_values() {
    let value = json!({"a": {"b": 1}, "c": [{"d": "x"}, {"d": "y", "e": [2, 3]}], "f": null});
    check(&value, "a.b", &[json!(1)]);
    check(&value, "a", &[json!({"b": 1})]);
    check(&value, "c", &[json!([{"d": "x"}, {"d": "y", "e": [2, 3]}])]);
    check(&value, "c{}.d", &[json!("x"), json!("y")]);
    check(&value, "c{1}.d", &[json!("y")]);
    check(&value, "c{}.e{}", &[json!(2), json!(3)]);
    check(&value, "c{}.e", &[json!([2, 3])]);
    check(&value, "f", &[Value::Null]);
    check(&json!([{"a": 1}, {"a": 2}]), "{}.a", &[json!(1), json!(2)]);
    check(&json!([[1, 2], [3]]), "{}{0}", &[json!(1), json!(3)]);
}

#[test]
fn what_is_no_array_is_its_own_element() {
    check(&json!({"a": {"b": {"c": 1}}}), "a{}.b{}.c{}", &[json!(1)]);
    check(&json!({"a": {"b": 1}}), "{}.a{0}.b", &[]);
}

#[test]
fn what_is_not_there_is_no_value() {
    let value = json!({"a": {"b": 1}, "c": [1]});
    for path in ["A", "a.c", "c.d", "c{1}", "c{x}", "c{", "c{@d}", "a.b.c", ""] {
        check(&value, path, &[]);
    }
}

#[test]
fn every_value_has_a_name() {
    let value = json!({"a": {"b": [{"c": 1}, {"c": "x", "d": null}], "e": [[true]]}, "f": "", "g": {}, "h": []});
    let mut found = Vec::new();
    flatten(&value, &mut String::new(), &mut |name, value| found.push(format!("{name}={value}")));
    assert_eq!(found, ["a.b{}.c=1", "a.b{}.c=x", "a.b{}.d=null", "a.e{}{}=true", "f="]);
    found.clear();
    flatten(&json!([{"a": 1}, 2]), &mut String::new(), &mut |name, value| found.push(format!("{name}={value}")));
    assert_eq!(found, ["{}.a=1", "{}=2"]);
}
