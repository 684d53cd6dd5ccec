//! Packs that a user writes, and what is said when they are wrong.

use diag::{Files, Style, render_concise, render_text};
use normalize::{Normalizer, PackSource, testing};

const PACK: &str = r#"
pack: acme
description: ACME's agent
formats: [json]
match: {vendor: ACME}
sourcetype: acme:agent
source: acme:$kind$
host: $machine$
time:
  - {field: when, format: epoch}
fields:
  dest: machine
  user: mvindex(split(account,"@"),0)
groups:
  - name: a launch
    when: kind="start"
    eventtypes: [acme_start]
    tags: [process, report]
    fields:
      process: cmd
      vendor: '"ACME"'
      product: '"Agent"'
"#;

#[track_caller]
fn check(pack: &str, expected: &str) {
    let mut files = Files::default();
    let (normalizer, reports) = Normalizer::new(&[PackSource { path: "acme/pack.yml", text: pack }], &mut files);
    let lines: Vec<String> = reports.iter().map(|report| render_concise(report, &files)).collect();
    assert_eq!(lines.join("\n"), expected);
    assert_eq!(normalizer.sources().iter().any(|source| source.pack == "acme"), expected.is_empty());
}

#[test]
fn a_pack_of_ones_own() {
    let (normalizer, reports) =
        Normalizer::new(&[PackSource { path: "acme/pack.yml", text: PACK }], &mut Files::default());
    assert!(reports.is_empty(), "{reports:?}");
    let tests = r#"
tests: acme
cases:
  - name: a launch
    event: {vendor: ACME, kind: start, machine: m1, account: ann@corp, cmd: 'C:\x\a.exe -v', when: 1709633472.5, dest: other}
    fields: {_time: 1709633472500000, host: m1, source: acme:start, sourcetype: acme:agent, dest: m1, kind: start}
    rows:
      Endpoint.Processes: {dest: m1, user: ann, process: 'C:\x\a.exe -v', process_name: a.exe, vendor_product: ACME Agent}
  - name: anything else
    event: {vendor: acme, kind: stop, account: ann}
    fields: {user: ann, source: acme:stop, _time: 0, host: ~}
"#;
    let outcomes = testing::run(&normalizer, &PackSource { path: "acme/tests.yml", text: tests }).unwrap();
    assert_eq!(outcomes.len(), 2);
    assert!(outcomes.iter().all(|outcome| outcome.problems.is_empty()), "{outcomes:#?}");
    let source = normalizer.sources().into_iter().find(|source| source.pack == "acme").unwrap();
    assert_eq!(source.source, ["acme:$kind$"]);
    let group = &source.groups[0];
    assert_eq!(group.datasets.iter().map(ToString::to_string).collect::<Vec<_>>(), ["Endpoint.Processes"]);
    assert!(group.fields.contains("user") && group.fields.contains("process"));
}

#[test]
fn a_failing_test_says_what_differs() {
    let (normalizer, _) = Normalizer::new(&[PackSource { path: "acme/pack.yml", text: PACK }], &mut Files::default());
    let tests = "
tests: acme
cases:
  - name: a launch
    event: {vendor: ACME, kind: start, machine: m1}
    fields: {sourcetype: other}
    rows:
      Endpoint.Processes: {dest: m2, nonsense: 1}
      Endpoint.Registry: {}
  - name: unexpected
    event: {vendor: ACME, kind: start}
";
    let outcomes = testing::run(&normalizer, &PackSource { path: "acme/tests.yml", text: tests }).unwrap();
    let problems: Vec<&str> = outcomes.iter().flat_map(|outcome| &outcome.problems).map(String::as_str).collect();
    assert_eq!(
        problems,
        [
            r#"event sourcetype: expected ["other"], found ["acme:agent"]"#,
            r#"Endpoint.Processes dest: expected ["m2"], found ["m1"]"#,
            "Endpoint.Processes has no field nonsense",
            "not in Endpoint.Registry",
            "also in Endpoint.Processes",
        ]
    );
    let unknown = testing::run(&normalizer, &PackSource { path: "t.yml", text: "tests: nobody\ncases: []" });
    assert_eq!(unknown.unwrap_err(), "no pack is named `nobody`");
}

#[test]
fn a_pack_without_mistakes_is_loaded() {
    check(PACK, "");
}

#[test]
fn mistakes_are_reported_where_they_are() {
    let change = |from: &str, to: &str| {
        assert!(PACK.contains(from), "{from}");
        PACK.replace(from, to)
    };
    check(
        &change("host: $machine$", "hosts: x"),
        "acme/pack.yml:8:1: error[PCK001]: unknown key `hosts`; known here are `pack`, `description`, `formats`, `carriers`, `last`, `match`, `extract`, \
         `sourcetype`, `also`, `source`, `host`, `names`, `include`, `join`, `metrics`, `time`, `tables`, `fields`, `groups`",
    );
    check(
        &change("[json]", "[jsn]"),
        "acme/pack.yml:2:1: error[PCK001]: `formats` names no format\n\
         acme/pack.yml:4:11: error[PCK001]: unknown format `jsn`; known are `evtx`, `windows_event_xml`, `json`, \
         `classic_windows_event`, `csv`, `w3c`, `zeek`, `lines`",
    );
    check(
        &change("process: cmd", "process: lowr(cmd)"),
        "acme/pack.yml:20:16: error[PCK001]: function `lowr` is not supported in packs",
    );
    check(
        &change("process: cmd", "process: 'lower(cmd, \"a\")'"),
        "acme/pack.yml:20:17: error[PCK001]: `lower` takes 1 argument, not 2",
    );
    check(
        &change(r#"vendor: '"ACME"'"#, r#"vendor: "ACME""#),
        "acme/pack.yml:21:16: error[PCK001]: YAML took the quotes away; write '\"ACME\"' for text, or ACME for the field",
    );
    check(
        &change(r#"when: kind="start""#, "when: kind"),
        "acme/pack.yml:16:11: error[PCK001]: this is a value, not a condition",
    );
    check(
        &change("process: cmd", r#"process: cmd="x""#),
        "acme/pack.yml:20:16: error[PCK001]: `process` would be true or false, which a field cannot hold",
    );
    check(
        &change("format: epoch", "format: ticks"),
        "acme/pack.yml:10:5: error[PCK001]: unknown time format `ticks`; known are `iso8601`, `epoch`, `epoch_ms`, `epoch_us`, `epoch_ns`, `us_clock`, and formats of strptime",
    );
    check(
        &change("sourcetype: acme:agent", "include: [windows/none]"),
        "acme/pack.yml:2:1: error[PCK001]: `sourcetype` is missing",
    );
    check(&change("time:", "include: [x]\ntime:"), "acme/pack.yml:9:11: error[PCK001]: no part is named `x`");
    check(&change("acme:$kind$", "acme:$kind"), "acme/pack.yml:7:9: error[PCK001]: a `$` has no partner");
}

#[test]
fn an_expression_points_into_its_line() {
    let mut files = Files::default();
    let text = PACK.replace("process: cmd", r#"process: coalesce(cmd,match(x,"("))"#);
    let (_, reports) = Normalizer::new(&[PackSource { path: "acme/pack.yml", text: &text }], &mut files);
    let rendered = render_text(&reports[0], &files, Style::Plain);
    let expected = "\
error[PCK001]: regular expression does not compile: unclosed group
  --> acme/pack.yml:20:37
   |
20 |       process: coalesce(cmd,match(x,\"(\"))
   |                                     ^^^";
    assert_eq!(rendered, expected);
}

#[test]
fn what_is_no_pack_is_reported() {
    let mut files = Files::default();
    let sources = [
        PackSource { path: "a.yml", text: "a: [" },
        PackSource { path: "b.yml", text: "name: x" },
        PackSource { path: "c.yml", text: "&a [*a, *a]" },
        PackSource { path: "d.yml", text: "tests: xmlwineventlog" },
    ];
    let (normalizer, reports) = Normalizer::new(&sources, &mut files);
    let paths: Vec<&str> = reports.iter().map(|report| files.path(report.primary.at.file)).collect();
    assert_eq!(paths, ["a.yml", "b.yml", "c.yml"]);
    assert!(normalizer.sources().iter().any(|source| source.pack == "xmlwineventlog"));
}

#[test]
fn a_given_pack_or_part_takes_the_place_of_a_bundled_one() {
    let part = "part: windows/sysmon\nwhen: lower(Channel)=\"microsoft-windows-sysmon/operational\"\nfields:\n  dest: '\"mine\"'\n";
    let sources = [PackSource { path: "my/sysmon.yml", text: part }];
    let (normalizer, reports) = Normalizer::new(&sources, &mut Files::default());
    assert!(reports.is_empty(), "{reports:?}");
    let test = "
tests: xmlwineventlog
format: evtx
cases:
  - name: nothing but dest
    event: {Channel: Microsoft-Windows-Sysmon/Operational, EventID: 1, Computer: pc7}
    fields: {dest: mine, process_name: ~}
";
    let outcomes = testing::run(&normalizer, &PackSource { path: "t.yml", text: test }).unwrap();
    assert_eq!(outcomes[0].problems, Vec::<String>::new());
}

/// The blocks of a language in the guide.
fn blocks<'g>(guide: &'g str, language: &str) -> Vec<&'g str> {
    let fence = format!("```{language}\n");
    guide.split(fence.as_str()).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn the_guide_is_right() {
    let guide = include_str!("../../../docs/guide/packs.md");
    let yaml = blocks(guide, "yaml");
    let with = |part: &str| *yaml.iter().find(|block| block.contains(part)).unwrap();
    let pack = format!("{}{}", with("pack: acme"), with("groups:"));
    let (normalizer, reports) = Normalizer::new(&[PackSource { path: "acme.yml", text: &pack }], &mut Files::default());
    assert!(reports.is_empty(), "{reports:?}");
    let outcomes = testing::run(&normalizer, &PackSource { path: "tests.yml", text: with("tests: acme") }).unwrap();
    assert_eq!(outcomes.len(), 2);
    assert!(outcomes.iter().all(|outcome| outcome.problems.is_empty()), "{outcomes:#?}");

    let lines = format!("pack: lines\nsourcetype: acme\n{}", with("extract:"));
    let tables = format!("pack: tables\nsourcetype: acme\nformats: [json]\n{}", with("tables:"));
    let sources = [PackSource { path: "lines.yml", text: &lines }, PackSource { path: "tables.yml", text: &tables }];
    let (_, reports) = Normalizer::new(&sources, &mut Files::default());
    assert!(reports.is_empty(), "{reports:?}");
}
