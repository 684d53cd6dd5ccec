//! Commands that make fields out of values: which fields exist behind them, what they read, what tells rows apart.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice, reason = "a test may stop")]

use plan::{Names, Op, Plan};

#[track_caller]
fn plan(search: &str) -> Plan {
    let parsed = spl::parse(search);
    let check = plan::check(&parsed.pipeline, search, &Names::default()).with_syntax_errors(parsed.diagnostics);
    check.plan.unwrap_or_else(|| panic!("{search}: {:#?}", check.diagnostics))
}

/// The fields after the last command; `…` where others may exist.
#[track_caller]
fn fields(search: &str, expected: &str) {
    let search = format!("a=1 | stats count by x, y | {search}");
    let plan = plan(&search);
    let schema = &plan.stages.last().unwrap().schema;
    let open = if schema.open { " …" } else { "" };
    assert_eq!(format!("{}{open}", schema.fields.join(" ")), expected, "{search}");
}

#[track_caller]
fn key(search: &str, expected: Option<&str>) {
    let key = plan(&format!("a=1 | stats count by x, y | {search}")).key;
    assert_eq!(key.map(|key| key.join(" ")).as_deref(), expected, "{search}");
}

/// What the raw scan must deliver; `*` is everything.
#[track_caller]
fn needs(search: &str, expected: &str) {
    let got = match plan(search).event_fields.unwrap() {
        None => "*".to_owned(),
        Some(fields) => fields.into_iter().collect::<Vec<_>>().join(" "),
    };
    assert_eq!(got, expected, "{search}");
}

#[test]
fn new_fields_are_known_where_the_search_names_them() {
    fields("rex field=x \"(?<a>.)(?P<b>.)\" offset_field=o", "x y count a b o");
    fields("rex field=x mode=sed \"s/a/b/\"", "x y count");
    fields("spath input=x path=p{}.q", "x y count p{}.q");
    fields("spath input=x output=o p", "x y count o");
    fields("strcat x y z", "x y count z");
    fields("makemv x | mvexpand x | mvcombine x | nomv x | replace a with b", "x y count");
}

#[test]
fn new_fields_are_open_where_data_names_them() {
    for command in ["spath input=x", "xmlkv x", "fromjson x"] {
        fields(command, "x y count …");
        fields(&format!("{command} | table x z"), "x z");
    }
    fields("rename x as _raw | extract", "_raw y count …");
    fields("rename x as _raw | multikv", "_raw y count …");
    fields("rename x as _raw | multikv fields a b", "_raw y count a b");
}

#[test]
fn what_is_read_is_asked_for() {
    needs("a=1 | rex \"(?<b>.)\" | stats count by b", "_raw a b");
    needs("a=1 | spath input=p | stats count by q.r{}", "a p q.r{}");
    needs("a=1 | xmlkv Message | table Command", "Command Message a");
    needs("a=1 | table x y | mvcombine x", "a x y");
    needs("a=1 | mvcombine x | stats count by x", "*");
    needs("a=1 | strcat b \"/\" c d | table d", "a b c d");
}

#[test]
fn rows_are_told_apart_until_a_key_field_changes() {
    key("rex field=count \"(?<a>.)\"", Some("x y"));
    key("rex field=count \"(?<x>.)\"", None);
    key("spath input=count path=p", Some("x y"));
    key("spath input=count path=p output=y", None);
    key("spath input=count", None);
    key("replace a with b in count", Some("x y"));
    key("replace a with b in y", None);
    key("mvexpand x", None);
    key("makemv count | nomv count", Some("x y"));
    key("mvcombine x", None);
}

#[test]
fn nomv_directly_behind_mvcombine_takes_its_delimiter() {
    let separator = |search: &str| match &plan(search).stages.last().unwrap().op {
        Op::Nomv { separator, .. } => separator.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(separator("a=1 | table x y | mvcombine delim=\";\" x | nomv x"), ";");
    assert_eq!(separator("a=1 | table x y | mvcombine delim=\";\" x | nomv y"), "\n");
    assert_eq!(separator("a=1 | table x y | mvcombine delim=\";\" x | table x | nomv x"), "\n");
    assert_eq!(separator("a=1 | nomv x"), "\n");
}
