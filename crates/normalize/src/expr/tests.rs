use std::sync::Arc;

use event::{EventBatch, EventHead, Format, TextRef};

use super::{Event, Op, Val, compile, eval};
use crate::pack::{Symbols, parse_expression};
use crate::pattern::Pattern;
use crate::run::{Candidates, Slots};

/// A batch of one event.
pub(crate) fn batch_of(fields: &[(&str, &str)]) -> EventBatch {
    let mut batch = EventBatch::of_file(Arc::from("test"));
    for (name, value) in fields {
        let start = u32::try_from(batch.text.len()).unwrap();
        batch.text.push_str(value);
        let at = TextRef { start, len: u32::try_from(value.len()).unwrap() };
        let id = batch.names.intern(name).unwrap();
        batch.fields.push((id, at));
    }
    let field_count = u32::try_from(batch.fields.len()).unwrap();
    batch.events.push(EventHead { field_count, format: Format::Json, ..EventHead::default() });
    batch
}

fn compiled(expression: &str) -> (Op, Symbols) {
    let mut symbols = Symbols::default();
    let expr = parse_expression(expression).unwrap();
    let op = compile(&expr, &mut symbols).unwrap();
    (op, symbols)
}

/// The fields that the expressions below read.
const FIELDS: &[(&str, &str)] = &[
    ("path", r"C:\Windows\System32\cmd.exe"),
    ("user", r"NT AUTHORITY\SYSTEM"),
    ("dash", "-"),
    ("code", "11"),
    ("data", "DWORD (0x00000001)"),
    ("list", "a"),
    ("list", "b"),
    ("list", "c"),
    ("umlaut", "Ärger"),
];

#[track_caller]
fn check(expression: &str, expected: Option<&str>) {
    let (op, symbols) = compiled(expression);
    let batch = batch_of(FIELDS);
    let names: Vec<Candidates> =
        symbols.iter().map(|name| Candidates::new(batch.names.get(name).into_iter().collect())).collect();
    let mut slots = Slots::default();
    slots.load(&batch, &batch.events[0]);
    let value = eval(&op, &Event { batch: &batch, slots: &slots, names: &names });
    assert_eq!(value.into_text().as_deref(), expected, "{expression}");
}

#[track_caller]
fn check_error(expression: &str, expected: &str) {
    let problem = match parse_expression(expression) {
        Ok(expr) => *compile(&expr, &mut Symbols::default()).unwrap_err(),
        Err(problems) => problems.into_iter().next().unwrap(),
    };
    assert!(problem.message.contains(expected), "{}", problem.message);
}

#[test]
fn last_part_of_a_path() {
    check(r#"mvindex(split(path,"\\"),-1)"#, Some("cmd.exe"));
    check(r#"mvindex(split(path,"\\"),0)"#, Some("C:"));
    check(r#"mvindex(split(path,"\\"),-4)"#, Some("C:"));
    check(r#"mvindex(split(path,"\\"),9)"#, None);
    check(r#"mvindex(split(dash,"\\"),-1)"#, Some("-"));
    check(r#"mvindex(split(nothing,"\\"),-1)"#, None);
    assert!(matches!(compiled(r#"mvindex(split(path,"\\"),-1)"#).0, Op::SplitPart(..)));
}

#[test]
fn account_without_domain() {
    check(r#"replace(user,"^.*\\\\","")"#, Some("SYSTEM"));
    check(r#"replace(dash,"^.*\\\\","")"#, Some("-"));
    check(r#"replace(nothing,"^.*\\\\","")"#, None);
    assert!(matches!(compiled(r#"replace(user,"^.*\\\\","")"#).0, Op::AfterLast(..)));
}

#[test]
fn what_add_ons_write_all_the_time_is_quick_and_the_same() {
    let before = r#"replace(path,"\\\\[^\\\\]*$","")"#;
    assert!(matches!(compiled(before).0, Op::BeforeLast(_, '\\')));
    for expression in [
        r#"replace(X,"^.*?b=([0-9a-c]+).*$","\1")"#,
        r#"replace(X,"^(?:[\s\S]*?b=([^\r\n,]+)[\s\S]*|[\s\S]*)$","\1")"#,
        r#"replace(X,"\\\\[^\\\\]*$","")"#,
    ] {
        for text in ["", "a=1,b=2c,d", "b=", "a\nb=1\nc", "b=1\n", "x", "c:\\a\\b\n", "\\", "b=z b=3", "a,b=ab"] {
            let (op, symbols) = compiled(expression);
            let batch = batch_of(&[("X", text)]);
            let mut slots = Slots::default();
            slots.load(&batch, &batch.events[0]);
            let names: Vec<Candidates> =
                symbols.iter().map(|name| Candidates::new(batch.names.get(name).into_iter().collect())).collect();
            let event = Event { batch: &batch, slots: &slots, names: &names };
            let slow = match &op {
                Op::Capture(value, capture) => Op::Replace(value.clone(), Arc::clone(&capture.whole), "${1}".into()),
                Op::BeforeLast(value, _) => {
                    Op::Replace(value.clone(), Arc::new(Pattern::known(r"\\[^\\]*$")), "".into())
                }
                other => panic!("{expression}: {other:?}"),
            };
            assert_eq!(eval(&op, &event), eval(&slow, &event), "{expression} {text:?}");
        }
    }
}

#[test]
fn regular_expressions() {
    check(r#"replace(data,"^[DQ]WORD \((.*)\)$","\1")"#, Some("0x00000001"));
    check(r#"replace(path,"^[DQ]WORD \((.*)\)$","\1")"#, Some(r"C:\Windows\System32\cmd.exe"));
    check(r#"replace(path,"\\\\[^\\\\]*$","")"#, Some(r"C:\Windows\System32"));
    check(r#"replace(dash,"-","$1")"#, Some("$1"));
    check(r#"if(match(path,"(?i)SYSTEM32"),"yes","no")"#, Some("yes"));
    check(r#"if(match(nothing,"x"),"yes","no")"#, Some("no"));
}

#[test]
fn null_is_neither_equal_nor_unequal() {
    check(r#"if(nothing="x","yes","no")"#, Some("no"));
    check(r#"if(nothing!="x","yes","no")"#, Some("no"));
    check(r#"if(NOT nothing="x","yes","no")"#, Some("no"));
    check(r#"if(isnull(nothing) AND isnotnull(dash),"yes","no")"#, Some("yes"));
    check(r#"if(nothing="x" OR dash="-","yes","no")"#, Some("yes"));
    check(r#"nothing . "x""#, None);
    check(r#"coalesce(nothing,nullif(dash,"-"),"x")"#, Some("x"));
    check("null()", None);
}

#[test]
fn comparisons() {
    check(r#"if(code=11,"yes","no")"#, Some("yes"));
    check(r#"if(code="11","yes","no")"#, Some("yes"));
    check(r#"if(code>9,"yes","no")"#, Some("yes"));
    check(r#"if(path="c:\windows\system32\cmd.exe","yes","no")"#, Some("no"));
    check(r#"if(lower(path)="c:\windows\system32\cmd.exe","yes","no")"#, Some("yes"));
    check(r#"if(list="b","yes","no")"#, Some("yes"));
    check(r#"if(code IN ("10","11"),"yes","no")"#, Some("yes"));
    check(r#"if(in(code,10,12),"yes","no")"#, Some("no"));
    check(r#"if(like(path,"C:%cm_.exe"),"yes","no")"#, Some("yes"));
    check(r#"case(code=1,"one",code=11,"eleven")"#, Some("eleven"));
    check(r#"case(code=1,"one")"#, None);
}

#[test]
fn functions() {
    check("lower(umlaut)", Some("ärger"));
    check("upper(dash)", Some("-"));
    check("len(umlaut)", Some("5"));
    check("substr(umlaut,2,3)", Some("rge"));
    check("substr(umlaut,-2)", Some("er"));
    check(r#"tonumber("0x1a2c",16)"#, Some("6700"));
    check(r#"tonumber("x")"#, None);
    check("code + 1", Some("12"));
    check("code / 0", None);
    check("mvcount(list)", Some("3"));
    check("mvindex(list,1,-1)", Some("b\nc"));
    check(r#"mvjoin(list,",")"#, Some("a,b,c"));
    check(r#"rtrim("a;b;",";")"#, Some("a;b"));
    check(r#"trim("  a ")"#, Some("a"));
    check(r#""a" . "b" . code"#, Some("ab11"));
}

#[test]
fn plain_values_are_borrowed() {
    for expression in ["path", r#"mvindex(split(path,"\\"),-1)"#, r#"replace(user,"^.*\\\\","")"#, "lower(dash)"] {
        let (op, symbols) = compiled(expression);
        let batch = batch_of(FIELDS);
        let names: Vec<Candidates> =
            symbols.iter().map(|name| Candidates::new(batch.names.get(name).into_iter().collect())).collect();
        let mut slots = Slots::default();
        slots.load(&batch, &batch.events[0]);
        let value = eval(&op, &Event { batch: &batch, slots: &slots, names: &names });
        assert!(matches!(value, Val::Text(std::borrow::Cow::Borrowed(_))), "{expression}");
    }
}

#[test]
fn what_packs_cannot_say() {
    check_error("md5(path)", "function `md5` is not supported in packs");
    check_error("lower(path,1)", "`lower` takes 1 argument, not 2");
    check_error(r#"match(path,"(")"#, "regular expression does not compile");
    check_error("match(path,code)", "must be text in quotes");
    check_error(r#"case("x")"#, "pairs");
    check_error(r#"if(path="x","#, "expected");
}

#[test]
fn several_values_and_coded_texts() {
    check(r#"mvjoin(mvappend(list,"d"),"|")"#, Some("a|b|c|d"));
    check(r#"mvjoin(mvdedup(mvappend(list,list)),"|")"#, Some("a|b|c"));
    check(r#"mvjoin(mvzip(list,list,"="),"|")"#, Some("a=a|b=b|c=c"));
    check(r#"mvindex(list,mvfind(list,"^[bc]$"))"#, Some("b"));
    check(r#"mvfind(list,"x")"#, None);
    check(r#"urldecode("%2fbin%2Fls %4x %C3%84")"#, Some("/bin/ls %4x Ä"));
    check(r#"round(12.345,1)"#, Some("12.3"));
    check(r#"floor(12.9)"#, Some("12"));
    check(r#"mvjoin(json_extract("{\"a\":[{\"b\":1},{\"b\":\"x\"}]}","a{}.b"),"|")"#, Some("1|x"));
    check_error("lookup(none,code)", "no table `none` stands under `tables` of this file");
}
