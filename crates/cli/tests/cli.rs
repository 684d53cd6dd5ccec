//! The binary as users run it: whole runs against golden files in `tests/cli/`, exit statuses, and results that depend on
//! nothing but the input.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails panics"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The root of the repository, so that paths in outputs are the same everywhere.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository is there")
}

fn weir(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_weir"));
    command.args(arguments).current_dir(root()).env("NO_COLOR", "1");
    command.output().expect("weir starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// Hold output against `tests/cli/NAME.txt`; `WEIR_BLESS=1` rewrites the file.
fn check(name: &str, actual: &str) {
    let path = root().join("tests/cli").join(format!("{name}.txt"));
    if std::env::var_os("WEIR_BLESS").is_some() {
        std::fs::write(&path, actual).expect("the golden file is written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(actual, expected, "{} differs; `cargo xtask bless` rewrites it", path.display());
}

fn demo_logs(folder: &Path) -> String {
    let output = weir(&["demo", "--keep", &folder.to_string_lossy()]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    folder.join("sysmon.xml").to_string_lossy().into_owned()
}

#[test]
fn demo_finds_what_the_seed_asks_for() {
    let output = weir(&["demo"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let page = text(&output.stdout);
    let untimed: Vec<&str> = page.lines().filter(|line| !line.starts_with("All of this took")).collect();
    check("demo", &(untimed.join("\n") + "\n"));
}

#[test]
fn content_check_points_at_every_slip() {
    let output = weir(&["content", "check", "tests/cli/misspelt"]);
    assert_eq!(output.status.code(), Some(1));
    check("content_check", &text(&output.stdout));
    let output = weir(&["content", "check", "tests/cli/misspelt", "--output-format", "concise"]);
    check("content_check_concise", &text(&output.stdout));
}

#[test]
fn bundled_content_is_sound() {
    let output = weir(&["content", "check", "content", "--warnings"]);
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(0), ""));
}

#[test]
fn content_show_has_every_part() {
    let output = weir(&["content", "show", "windows ngrok reverse proxy usage"]);
    assert_eq!(output.status.code(), Some(0));
    check("content_show", &text(&output.stdout));
}

#[test]
fn content_list_names_verdicts() {
    let output = weir(&["content", "list", "--select", "type=TTP", "--output-format", "csv"]);
    check("content_list", &text(&output.stdout));
}

#[test]
fn threads_do_not_change_a_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let logs = demo_logs(folder.path());
    let run = |threads: &str| {
        let at = |name: &str| folder.path().join(format!("{name}-{threads}")).to_string_lossy().into_owned();
        let (rows, findings) = (at("rows"), at("findings"));
        let output = weir(&["scan", &logs, "--threads", threads, "--rows", &rows, "--findings", &findings]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let read = |path: &str| std::fs::read_to_string(path).expect("written");
        (text(&output.stdout), read(&rows), read(&findings))
    };
    let one = run("1");
    assert!(one.1.lines().count() > 10 && one.2.lines().count() > 10);
    assert_eq!(one, run("2"));
    assert_eq!(one, run("7"));
}

/// Raw events, a search made as another one runs, a subsearch: each finds what it finds over everything.
#[test]
fn the_shared_scan_changes_no_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let logs = demo_logs(folder.path());
    let content = folder.path().join("content");
    std::fs::create_dir_all(&content).expect("a folder");
    let searches = [
        r#"index=main EventCode=1 Image="*ngrok.exe" | stats count by host, Image, CommandLine"#,
        r#"index=main Image="*ngrok.exe" | stats count by host | map search="search index=main host=$host$ Image=*cmd.exe | stats count by host, Image""#,
        r#"index=main [search index=main Image="*certutil.exe" | fields host] NOT Image="*certutil.exe" | table host Image"#,
        "| tstats count from datamodel=Endpoint.Processes where Processes.process=*tcp* by Processes.dest Processes.process",
    ];
    for (number, search) in searches.iter().enumerate() {
        let text = format!(
            "name: Search {number}\nid: 2f9d4d2e-3c2f-4a37-9c39-0f6b6f2a1c1{number}\nversion: 1\n\
             creation_date: '2026-01-10'\nmodification_date: '2026-01-10'\nauthor: Someone\nstatus: production\n\
             type: Hunting\ndescription: A test.\nsearch: |\n  {search}\nhow_to_implement: Not.\n\
             known_false_positives: None.\n"
        );
        std::fs::write(content.join(format!("search_{number}.yml")), text).expect("written");
    }
    let run = |more: &[&str]| {
        let rows = folder.path().join("rows").to_string_lossy().into_owned();
        let content = content.to_string_lossy().into_owned();
        let mut arguments = vec!["scan", &logs, "--content", &content, "--rows", &rows];
        arguments.extend(more);
        let output = weir(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        std::fs::read_to_string(&rows).expect("written")
    };
    let shared = run(&[]);
    for number in 0..searches.len() {
        assert!(shared.contains(&format!("\"Search {number}\"")), "search {number} finds nothing: {shared}");
    }
    assert_eq!(shared, run(&["--each-search-alone"]));
}

#[test]
fn findings_have_the_shape_that_tools_rely_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let logs = demo_logs(folder.path());
    let output = weir(&["scan", &logs, "--select", "name=*ngrok*", "--output-format", "ndjson"]);
    check("scan_findings", &text(&output.stdout));
}

#[test]
fn every_format_holds_the_same_findings() {
    let folder = tempfile::tempdir().expect("a folder");
    let logs = demo_logs(folder.path());
    let file = folder.path().join("findings.ndjson");
    let run = |format: &str| text(&weir(&["scan", &logs, "--output-format", format]).stdout);
    weir(&["scan", &logs, "--findings", &file.to_string_lossy()]);
    let lines = run("ndjson");
    assert_eq!(std::fs::read_to_string(&file).expect("written"), lines);
    let findings: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("a line is an object")).collect();
    assert!(findings.len() > 3);
    let array: Vec<serde_json::Value> = serde_json::from_str(&run("json")).expect("an array");
    assert_eq!(array, findings);
    // Several values stand on lines of their own in one cell, so lines that begin a record are those that name a kind.
    let table = run("csv");
    let kinds = |line: &&str| line.starts_with("finding,") || line.starts_with("intermediate_finding,");
    assert!(table.starts_with("kind,id,time,search_name,"), "{table}");
    assert_eq!(table.lines().filter(kinds).count(), findings.len());
    assert!(findings.iter().all(|finding| table.contains(finding["id"].as_str().expect("a finding has an id"))));
}

#[test]
fn exit_status_says_how_it_went() {
    let folder = tempfile::tempdir().expect("a folder");
    let logs = demo_logs(folder.path());
    assert_eq!(weir(&["scan", &logs]).status.code(), Some(0));
    assert_eq!(weir(&["scan", &logs, "--fail-on-finding"]).status.code(), Some(1));
    assert_eq!(weir(&["scan", "no/such/path"]).status.code(), Some(2));
    assert_eq!(weir(&["scan", &logs, "--select", "colour=red"]).status.code(), Some(2));
    assert_eq!(weir(&["content", "show", "Windows Ngrock"]).status.code(), Some(2));
    assert_eq!(weir(&["search", "| tstats cuont from datamodel=Endpoint.Processes", &logs]).status.code(), Some(2));
}

#[test]
fn damaged_logs_are_named_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let logs = demo_logs(folder.path());
    std::fs::remove_dir_all(folder.path().join("lake")).expect("the demo made a lake");
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("written");
    write("cut.evtx", b"ElfFile\0\x01\x02");
    write("empty.xml", b"");
    write("cut.zip", b"PK\x03\x04rubbish");
    write("broken.json", b"{\"a\": 1}\n{\"a\": \n{\"a\": 3}\n");
    write("bad.xml", b"<Event><System><EventID>1</EventID></System><EventData><Data Name='x'>\xff</Data></EventData></Event>\n<Event><System>");
    let output = weir(&["scan", &folder.path().to_string_lossy(), "--output-format", "ndjson"]);
    assert_eq!(output.status.code(), Some(2));
    let alone = weir(&["scan", &logs, "--output-format", "ndjson"]);
    assert_eq!(
        text(&output.stdout).lines().count(),
        text(&alone.stdout).lines().count(),
        "the sound file's findings are all there"
    );
    let said = text(&output.stderr);
    for file in ["cut.evtx", "cut.zip", "broken.json", "bad.xml"] {
        assert!(said.contains(file), "{file} is not named in:\n{said}");
    }
}

#[test]
fn a_filter_macro_of_the_users_own_wins() {
    let folder = tempfile::tempdir().expect("a folder");
    let logs = demo_logs(folder.path());
    let macros = folder.path().join("ours/macros");
    std::fs::create_dir_all(&macros).expect("made");
    let filter = "name: windows_ngrok_reverse_proxy_usage_filter\n\
                  definition: search NOT user=mira.holt\n\
                  description: One user runs it on purpose.\n";
    std::fs::write(macros.join("windows_ngrok_reverse_proxy_usage_filter.yml"), filter).expect("written");
    let ours = folder.path().join("ours").to_string_lossy().into_owned();
    let run = |content: &[&str]| {
        let mut arguments = vec!["scan", &logs, "--select", "name=*ngrok*", "--output-format", "ndjson"];
        arguments.extend(content);
        text(&weir(&arguments).stdout)
    };
    assert!(run(&[]).contains("mira.holt"));
    let filtered = run(&["--content", "content", "--content", &ours]);
    assert!(filtered.contains("jonas.lindt") && !filtered.contains("mira.holt"));
}

#[test]
fn a_lake_answers_as_files_do_and_keeps_a_file_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let logs = demo_logs(folder.path());
    let lake = folder.path().join("ours").to_string_lossy().into_owned();
    for _ in 0..2 {
        let output = weir(&["ingest", &logs, "--lake", &lake]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }
    for search in [
        "| tstats count min(_time) as first from datamodel=Endpoint.Processes by Processes.user Processes.process_name",
        "sourcetype=XmlWinEventLog EventCode=1 Image=*ngrok* | stats count values(ProcessId) as pid by Computer",
    ] {
        let files = weir(&["search", search, &logs, "--output-format", "csv"]);
        let stored = weir(&["search", search, "--lake", &lake, "--output-format", "csv"]);
        assert_eq!(text(&files.stdout), text(&stored.stdout), "{search}");
        assert!(text(&files.stdout).lines().count() > 3, "{search}: {}", text(&files.stderr));
    }
}

#[test]
fn sources_say_what_can_fire_and_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let logs = demo_logs(folder.path());
    let output = weir(&["sources", &logs]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    check("sources", &text(&output.stdout));
    let output = weir(&["sources", "--output-format", "ndjson"]);
    let lines: Vec<serde_json::Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (summary, detections) = lines.split_last().unwrap();
    assert!(detections.iter().all(|line| line["covered"] == true), "{detections:#?}");
    assert_eq!(summary["summary"]["covered"], detections.len());
}

#[test]
fn a_scan_of_a_lake_is_the_scan_of_its_files() {
    let folder = tempfile::tempdir().unwrap();
    let logs = demo_logs(folder.path());
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let lake = path("lake");
    assert!(weir(&["ingest", &logs, "--lake", &lake]).status.success());
    let rows = |source: &[&str], name: &str| {
        let window = ["--earliest=0", "--latest=2000000000", "--rows"];
        let output = weir(&[&["scan"], source, &window, &[&path(name)]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let mut lines: Vec<String> = std::fs::read_to_string(path(name)).unwrap().lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let (files, stored) = (rows(&[&logs], "files"), rows(&["--lake", &lake], "stored"));
    assert!(!files.is_empty());
    assert_eq!(stored, files);
    let scan = weir(&["scan", "--lake", &lake, "--earliest=0", "--latest=2000000000"]);
    assert!(text(&scan.stderr).contains(" rows from "), "{}", text(&scan.stderr));
    // What was settled when the lake was filled cannot be asked for again.
    for settled in ["--sourcetype", "--source", "--host", "--packs"] {
        for command in [&["scan"][..], &["search", "| makeresults"], &["content", "cost"]] {
            let output = weir(&[command, &["--lake", &lake, settled, "x"]].concat());
            assert_eq!(output.status.code(), Some(2), "{command:?} {settled}");
            assert!(text(&output.stderr).contains("cannot be used with"), "{}", text(&output.stderr));
        }
    }
    let cost = weir(&["content", "cost", "--lake", &lake]);
    assert!(text(&cost.stdout).contains("The dearest detections"), "{}", text(&cost.stderr));
}

#[test]
fn what_is_said_of_events_from_outside_counts() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let envelope =
        "{\"time\":1700000000,\"host\":\"h1\",\"source\":\"s1\",\"sourcetype\":\"mine\",\"event\":\"user=ada n=1\"}\n";
    std::fs::write(path("hec.json"), envelope).unwrap();
    std::fs::write(path("plain.log"), "user=ada n=1\n").unwrap();
    let search = "search user=ada | table sourcetype source host user n";
    let of = |arguments: &[&str]| {
        let output = weir(&[&["search", search, "--output-format", "ndjson"], arguments].concat());
        text(&output.stdout)
    };
    let expected = "{\"sourcetype\":\"mine\",\"source\":\"s1\",\"host\":\"h1\",\"user\":\"ada\",\"n\":\"1\"}\n";
    assert_eq!(of(&[&path("hec.json")]), expected);
    let given = ["--sourcetype", "mine", "--source", "s1", "--host", "h1"];
    assert_eq!(of(&[&given, &[path("plain.log").as_str()][..]].concat()), expected);
}

#[test]
fn packs_are_tested_by_their_cases() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("pack.yml", "pack: acme\nformats: [lines]\nmatch: {_raw: '^ACME '}\nsourcetype: acme\n");
    let case = |user: &str| {
        format!("tests: acme\ncases:\n  - name: a\n    text: 'ACME user=ada'\n    fields: {{user: {user}}}\n")
    };
    write("tests.yml", &case("~"));
    let test = || weir(&["packs", "test", &folder.path().to_string_lossy()]);
    assert_eq!((test().status.code(), text(&test().stdout).as_str()), (Some(0), "1 case passed, 0 failed\n"));
    write("tests.yml", &case("eve"));
    assert_eq!(test().status.code(), Some(1));
    assert!(text(&test().stdout).contains("event user: expected [\"eve\"], found []"), "{}", text(&test().stdout));
}
