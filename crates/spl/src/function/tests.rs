//! The registries.

use super::*;

#[test]
fn names_are_unique() {
    let mut names: Vec<_> = EVALS.iter().map(|function| function.name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn arity() {
    let check = |name: &str, takes: &[usize], not: &[usize]| {
        let function = eval(name).unwrap();
        assert!(takes.iter().all(|count| function.takes(*count)), "{name}");
        assert!(!not.iter().any(|count| function.takes(*count)), "{name}");
    };
    check("if", &[3], &[0, 2, 4]);
    check("CASE", &[2, 4, 16], &[0, 1, 3]);
    check("coalesce", &[1, 9], &[0]);
    check("round", &[1, 2], &[0, 3]);
    check("min", &[1, 2], &[0]);
    check("now", &[0], &[1]);
    check("json_object", &[0, 2, 4], &[1, 3]);
    check("json_set", &[3, 5], &[1, 2, 4]);
    check("toint", &[1, 2], &[0, 3]);
    assert_eq!(eval("iif"), None);
}

#[test]
fn aggregates_by_any_name() {
    let check = |name: &str, expected: Option<(&str, Option<f64>)>| {
        assert_eq!(aggregate(name).map(|named| (named.aggregate.name, named.parameter)), expected, "{name}");
    };
    check("count", Some(("count", None)));
    check("C", Some(("count", None)));
    check("distinct_count", Some(("dc", None)));
    check("p95", Some(("perc", Some(95.0))));
    check("perc99.9", Some(("perc", Some(99.9))));
    check("exactperc50", Some(("exactperc", Some(50.0))));
    check("perc", None);
    check("perc101", None);
    check("count5", None);
    check("max95", None);
}

#[test]
fn nearest_names() {
    assert_eq!(closest_eval("isnotnul"), Some("isnotnull"));
    assert_eq!(closest_eval("Lowre"), Some("lower"));
    assert_eq!(closest_eval("frobnicate"), None);
    assert_eq!(closest_aggregate("valeus"), Some("values"));
}
