use std::sync::Arc;

use diag::Files;
use event::{DecodeOptions, EventBatch, decode};

use crate::{Normalizer, PackSource};

/// The fields of each event of a text, under a pack.
#[track_caller]
fn check(pack: &str, text: &str, expected: &[&str]) {
    let sources = [PackSource { path: "pack.yml", text: pack }];
    let (normalizer, reports) = Normalizer::new(if pack.is_empty() { &[] } else { &sources }, &mut Files::default());
    let problems: Vec<&str> = reports.iter().map(|report| &*report.message).collect();
    assert!(problems.is_empty(), "{problems:?}");
    let options = DecodeOptions { carriers: normalizer.carriers(), ..DecodeOptions::default() };
    let mut found = Vec::new();
    decode(&Arc::from("x.log"), text.as_bytes(), &options, &mut |mut batch: EventBatch| {
        normalizer.extract(&mut batch);
        for event in &batch.events {
            let fields = batch.fields_of(event).map(|(id, value)| format!("{}={value}", batch.names.name(id)));
            found.push(fields.collect::<Vec<_>>().join("|"));
        }
    });
    assert_eq!(found, expected);
}

#[test]
fn text_that_no_pack_is_for_has_its_pairs() {
    check("", r#"<34> user=ada action="log in" n=1, x='y'"#, &["user=ada|action=log in|n=1|x=y"]);
    check("", "no pairs here", &[""]);
    check(
        "",
        r#"path="C:\a\" next="a \"b\"" user-name=x user=1 user=2 (k=v)"#,
        &[r#"path=C:\a\|next=a "b"|user_name=x|user=1|k=v"#],
    );
    check(
        "",
        r#"kind=USER_LOGIN at=1709633472.123: pid=1 detail='op=login acct="root" res=failed'"#,
        &[
            r#"kind=USER_LOGIN|at=1709633472.123:|pid=1|detail=op=login acct="root" res=failed|op=login|acct=root|res=failed"#,
        ],
    );
    check("", "GET /a?b=1&c=2 x==y =z 1=2", &["b=1|c=2|x==y"]);
}

const PACK: &str = "
pack: acme
formats: [lines]
match: {_raw: '^ACME '}
sourcetype: acme
";

#[test]
fn groups_of_regular_expressions() {
    let pack = format!(
        "{PACK}extract:\n  - regex: ['^ACME (?<code>\\d+) (?<rest>.*)', 'nothing (?<like>that)']\n  - {{from: rest, by: code, regex: {{'1, 2': 'u=(?<user>\\w+)', '3': '(?<code>.)'}}}}\n"
    );
    check(&pack, "ACME 1 u=ada\nACME 3 x\nother u=ada\n", &["code=1|rest=u=ada|user=ada", "code=3|rest=x", "u=ada"]);
}

#[test]
fn cells_and_pairs() {
    let pack = format!(
        "{PACK}extract:\n  - regex: '^ACME (?<rest>.*)'\n  - {{from: rest, csv: [a, '', c]}}\n  - {{from: c, kv: {{pairs: ';', key: ':'}}}}\n"
    );
    check(
        &pack,
        "ACME 1,2,\"x: \"\"1\"\"; y:2, 3; z\",4\nACME 1\n",
        &["rest=1,2,\"x: \"\"1\"\"; y:2, 3; z\",4|a=1|c=x: \"1\"; y:2, 3; z|x=1|y=2, 3", "rest=1|a=1"],
    );
}

#[test]
fn quotes_in_a_value_end_no_pair() {
    let pack = format!("{PACK}extract:\n  - {{kv: {{pairs: ',', key: '='}}}}\n");
    check(
        &pack,
        r#"ACME a="x ""y"",ip=1.2.3.4",ip=5.6.7.8,b="",c="C:\",d=1"#,
        &[r#"ACME_a=x ""y"",ip=1.2.3.4|ip=5.6.7.8|c=C:\|d=1"#],
    );
}

#[test]
fn json_in_a_field() {
    let pack = "
pack: acme
formats: [json]
carriers: [logEvents]
match: {message: '*'}
extract:
  - {json: message, prefix: m.}
sourcetype: acme
";
    check(
        pack,
        r#"{"owner": 1, "logEvents": [{"message": "{\"a\": {\"b\": [1, 2]}}"}, {"message": "plain"}], "x": 2} {"id": 3}"#,
        &[r#"message={"a": {"b": [1, 2]}}|m.a.b{}=1|m.a.b{}=2"#, "message=plain", "id=3"],
    );
}

#[test]
fn pairs_of_names_and_values() {
    let pack = "
pack: acme
formats: [json]
match: {kind: acme}
extract:
  - pairs: {names: 'p{}.n', values: 'p{}.v'}
sourcetype: acme
";
    let event = r#"{"kind": "acme", "p": [{"n": "a", "v": ""}, {"n": "b", "v": "2"}, {"n": "kind", "v": "3"}]}"#;
    check(pack, event, &["kind=acme|p{}.n=a|p{}.v=|p{}.n=b|p{}.v=2|p{}.n=kind|p{}.v=3|b=2"]);
}

#[test]
fn records_are_joined_within_their_file() {
    const PACK: &str = "
pack: acme
formats: [lines]
match: {_raw: '^t='}
join: {by: id, kind: t}
extract:
  - kv: auto
sourcetype: acme
fields: {whole: 'record(\"A\",\"x\")'}
";
    let mut files = diag::Files::default();
    let (normalizer, reports) = crate::Normalizer::new(&[PackSource { path: "acme.yml", text: PACK }], &mut files);
    assert!(reports.is_empty(), "{reports:?}");
    let options = event::DecodeOptions::default();
    let mut shown = Vec::new();
    let mut sink = |mut batch: event::EventBatch| {
        normalizer.extract(&mut batch);
        let seen = batch.names.get("\u{1}A\u{1}x");
        shown.extend(batch.events.iter().map(|event| {
            let joined = batch.fields_of(event).filter(|(name, _)| Some(*name) == seen);
            joined.map(|(_, value)| value.to_owned()).collect::<Vec<_>>().join("+")
        }));
    };
    let mut decoder = event::Decoder::new(&options, &mut sink);
    for (name, text) in [("a.log", "t=A id=1 x=5\nt=B id=1\nt=A id=1 x=6\nt=B id=2\n"), ("b.log", "t=B id=1\n")] {
        event::split(text.as_bytes()).iter().for_each(|piece| decoder.piece(&name.into(), piece));
    }
    decoder.finish();
    assert_eq!(shown, ["5+6", "5+6", "5+6", "", ""]);
}
