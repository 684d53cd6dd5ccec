use super::*;
use crate::model::{EntityRule, Generation, LookupSource, LookupTime, MatchType, Status, ThreatRule};

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.to_owned() }
}

fn one(path: &str, text: &str) -> Content {
    Content::load(vec![file(path, text)])
}

/// Load `text` as `detections/x.yml` and hold what is reported against `expected`, line by line.
#[track_caller]
fn check(text: &str, expected: &[&str]) -> Content {
    let content = one("detections/x.yml", text);
    let found: Vec<String> =
        content.reports.iter().map(|report| diag::render_concise(report, &content.files)).collect();
    assert_eq!(found, expected, "{text}");
    content
}

const HEAD: &str = "name: X
id: 11111111-2222-3333-4444-55555555555A
version: 3
author: A
status: production
description: D
search: '| tstats count from datamodel=Endpoint.Processes'
how_to_implement: H
known_false_positives: K
";

const TAGS: &str = "  analytic_story: [S]
  asset_type: Endpoint
  security_domain: endpoint
  mitre_attack_id: [T1105]
";

fn four(kind: &str) -> String {
    format!(
        "{HEAD}date: '2024-01-01'\ntype: {kind}\ntags:\n{TAGS}  confidence: 50\n  impact: 45\n  message: seen on $dest$\n  observable:\n  \
         - {{name: dest, type: Hostname, role: [Victim]}}\n  - {{name: who, type: User Name, role: [Victim]}}\n  \
         - {{name: process_name, type: Process Name, role: [Attacker]}}\n  - {{name: src_ip, type: IP Address, role: [Attacker]}}\n"
    )
}

fn five(kind: &str) -> String {
    format!(
        "{HEAD}date: '2025-01-01'\ntype: {kind}\nrba:\n  message: seen on $dest$\n  risk_objects:\n  - {{field: dest, type: system, score: 22}}\n  \
         - {{field: who, type: user, score: 22}}\n  threat_objects:\n  - {{field: process_name, type: process}}\n  \
         - {{field: src_ip, type: ip_address}}\ntags:\n{TAGS}"
    )
}

fn six(kind: &str, finding: &str) -> String {
    let tags = TAGS.replace("  ", "");
    format!(
        "{HEAD}creation_date: '2025-01-01'\nmodification_date: '2026-01-01'\ntype: {kind}\n{finding}intermediate_findings:\n  entities:\n  \
         - {{field: dest, type: system, score: 22, message: seen on $dest$}}\n  \
         - {{field: who, type: user, score: 22, message: seen on $dest$}}\n\
         threat_objects:\n- {{field: process_name, type: process}}\n- {{field: src_ip, type: ip_address}}\n{tags}"
    )
}

/// What a detection creates, without places.
fn outcome(content: &Content) -> (Option<String>, Vec<String>, Vec<String>) {
    let detection = content.detections.first().expect("a detection");
    let entity = |rule: &EntityRule| format!("{}:{}:{}:{}", rule.field, rule.kind, rule.score, rule.message);
    let threat = |rule: &ThreatRule| format!("{}:{}", rule.field, rule.kind);
    (
        detection.finding.as_ref().map(|finding| finding.title.clone()),
        detection.entities.iter().map(entity).collect(),
        detection.threat_objects.iter().map(threat).collect(),
    )
}

#[test]
fn the_three_generations_mean_the_same() {
    let entities = ["dest:system:22:seen on $dest$".to_owned(), "who:user:22:seen on $dest$".to_owned()].to_vec();
    let threats = ["process_name:process".to_owned(), "src_ip:ip_address".to_owned()].to_vec();
    let generations = [
        (four("Anomaly"), Generation::Four, "2024-01-01"),
        (five("Anomaly"), Generation::Five, "2025-01-01"),
        (six("Anomaly", ""), Generation::Six, "2026-01-01"),
    ];
    for (text, generation, date) in generations {
        let content = check(&text, &[]);
        let detection = &content.detections[0];
        assert_eq!(detection.generation, generation);
        assert_eq!(detection.date, date);
        assert_eq!(detection.id, "11111111-2222-3333-4444-55555555555a");
        assert_eq!((detection.version, detection.status), (3, Status::Production));
        assert_eq!(detection.stories, ["S"]);
        assert_eq!(detection.annotations.mitre_attack, ["T1105"]);
        let others = [
            ("cis20".to_owned(), vec!["CIS 10".to_owned()]),
            ("kill_chain_phases".to_owned(), vec!["Command and Control".to_owned()]),
            ("nist".to_owned(), vec!["DE.AE".to_owned()]),
        ];
        assert_eq!(detection.annotations.others, others);
        assert_eq!(outcome(&content), (None, entities.clone(), threats.clone()), "{generation:?}");
    }
}

#[test]
fn the_type_decides_what_older_generations_create() {
    for text in [four, five] {
        assert_eq!(outcome(&check(&text("TTP"), &[])).0.as_deref(), Some("X"));
        assert_eq!(outcome(&check(&text("TTP"), &[])).1.len(), 2);
        let (finding, entities, _) = outcome(&check(&text("Correlation"), &[]));
        assert_eq!((finding.as_deref(), entities.len()), (Some("RBA: X"), 0));
        let (finding, entities, _) = outcome(&check(&text("Hunting"), &[]));
        assert_eq!((finding, entities.len()), (None, 0));
    }
}

#[test]
fn the_sixth_generation_says_what_it_creates() {
    let finding = "finding:\n  title: seen $dest$\n  entity: {field: who, type: user, score: 50}\n";
    let content = check(&six("TTP", finding), &[]);
    let found = content.detections[0].finding.clone().expect("a finding");
    assert_eq!(found.title, "seen $dest$");
    let entity = found.entity.expect("an entity");
    assert_eq!((entity.field.as_str(), entity.score, entity.message.as_str()), ("who", 50, "seen $dest$"));
    let finding = finding.replace("score: 50", "score: 0");
    check(&six("Correlation", &finding), &[]);
    check(
        &six("TTP", &finding),
        &["detections/x.yml:15:43: error[CON004]: `score` is `0`, expected a whole number from 1 to 100"],
    );
}

#[test]
fn scores_of_the_fourth_generation_are_rounded_as_python_does() {
    let score = |confidence: &str, impact: &str, score: &str| {
        let text = four("TTP").replace("confidence: 50", confidence).replace("impact: 45", &format!("{impact}{score}"));
        check(&text, &[]).detections[0].entities[0].score
    };
    assert_eq!(score("confidence: 50", "impact: 45", ""), 22);
    assert_eq!(score("confidence: 50", "impact: 47", ""), 24);
    assert_eq!(score("confidence: 90", "impact: 90", "\n  risk_score: 25.0"), 25);
    assert_eq!(score("confidence: 90", "impact: 90", "\n  risk_score: 49"), 49);
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    check("", &["detections/x.yml:1:1: error[CON001]: the file holds nothing"]);
    check("- a\n", &["detections/x.yml:1:1: error[CON004]: `detection` is a list, expected a map of keys"]);
    check("name: 'X", &["detections/x.yml:1:7: error[CON001]: YAML cannot be read: the quote is never closed"]);
    check(
        &four("TTP").replace("search:", "serach:"),
        &["detections/x.yml:7:1: error[CON002]: unknown key `serach` in detection"],
    );
    check(
        &four("TTP").replace("author: A\n", ""),
        &["detections/x.yml:1:1: warning[CON003]: detection has no `author`"],
    );
    check(
        &six("TTP", "custom_schedule: {cron_schedule: 0 * * *, earliest_time: -1h, latest_time: now}\n"),
        &[
            "detections/x.yml:13:34: error[CON004]: `cron_schedule` has 4 fields, expected 5: minute, hour, day, month, weekday",
        ],
    );
    check(
        &five("Anomaly").replace("type: process}", "type: proces}"),
        &["detections/x.yml:18:33: warning[CON004]: `proces` is no known type of threat object"],
    );
}

#[test]
fn a_broken_file_does_not_stop_the_others() {
    let content = Content::load(vec![file("detections/a.yml", "name: [\n"), file("detections/b.yml", &five("TTP"))]);
    assert_eq!(content.detections.len(), 1);
    assert_eq!(content.reports.len(), 1);
    assert!(content.is_broken(content.reports[0].primary.at.file));
    assert!(!content.is_broken(content.detections[0].file));
}

#[test]
fn folders_tell_the_kind_and_keys_do_where_no_folder_says() {
    let macro_text = "name: m\ndefinition: a=b\n";
    let lookup = "name: l\nfilename: l.csv\nmatch_type: WILDCARD(a), CIDR(b)\ncase_sensitive_match: 'false'\n";
    for folder in ["", "mine/"] {
        let content = Content::load(vec![
            file(&format!("{folder}d.yml"), &five("TTP")),
            file(&format!("{folder}m.yml"), macro_text),
            file(&format!("{folder}l.yml"), lookup),
            file(&format!("{folder}l.csv"), "a, b\n1, 2\n"),
            file(&format!("{folder}other.yml"), "site_name: docs\n"),
        ]);
        assert_eq!((content.detections.len(), content.macros.len(), content.lookups.len()), (1, 1, 1));
        assert_eq!(content.ignored.len(), 1);
        assert_eq!(content.reports, []);
        let expected = [(MatchType::Wildcard, "a".to_owned()), (MatchType::Cidr, "b".to_owned())];
        assert_eq!(content.lookups[0].match_types, expected);
        assert!(!content.lookups[0].case_sensitive);
    }
    assert_eq!(one("/home/docs/macros/x.yml", macro_text).macros.len(), 1);
    assert_eq!(one("/home/docs/x.yml", macro_text).macros.len(), 1);
    let checkout = Content::load(vec![
        file("e/macros/m.yml", macro_text),
        file("e/docs/spec/x.yml", macro_text),
        file("e/removed/macros/x.yml", macro_text),
        file("e/playbooks/x.yml", "name: p\n"),
    ]);
    assert_eq!((checkout.macros.len(), checkout.ignored.len()), (1, 3));
}

#[test]
fn lookups_of_every_generation_mean_the_same() {
    let four = "name: tools\nfilename: tools.csv\nmatch_type: WILDCARD(name), CIDR(net)\ncase_sensitive_match: 'false'\n\
                default_match: 'false'\nmin_matches: 1\nmax_matches: 5\n";
    let five = "name: tools\nlookup_type: csv\nmatch_type: [WILDCARD(name), CIDR(net), EXACT(x)]\ncase_sensitive_match: false\n\
                default_match: false\nmin_matches: 1\nmax_matches: 5\n";
    let load = |text: &str| {
        let content =
            Content::load(vec![file("e/lookups/tools.yml", text), file("e/lookups/tools.csv", "name, net\n")]);
        assert_eq!(content.reports, []);
        assert_eq!(content.table("tools.csv").map(|table| table.columns.clone()).unwrap_or_default(), ["name", "net"]);
        let mut lookup = content.lookups[0].clone();
        lookup.name_at = text::FileSpan { file: FileId(0), span: text::Span::new(0, 0) };
        lookup
    };
    assert_eq!(load(four), load(five));
    assert_eq!(load(four).source, LookupSource::Csv("tools.csv".to_owned()));
    assert_eq!(load(four).default_match.as_deref(), Some("false"));
    let model = one("lookups/m.yml", "name: __mlspl_m\nlookup_type: mlmodel\n");
    assert_eq!(model.lookups[0].source, LookupSource::Model("m.mlmodel".to_owned()));
    let collections = ["lookup_type: kvstore\nfields: [_key, user]\n", "collection: seen\nfields_list: _key, user\n"];
    for text in collections {
        let content = one("lookups/seen.yml", &format!("name: seen\n{text}"));
        assert_eq!(content.reports, []);
        assert_eq!(content.lookups[0].source, LookupSource::Collection("seen".to_owned()));
        assert_eq!(content.lookups[0].fields, ["_key", "user"]);
    }
}

#[test]
fn lookups_can_be_bound_to_a_time() {
    let text = "name: l\ncollection: l\ntime_field: since\ntime_format: '%s'\nmax_offset_secs: 600\n";
    let time = LookupTime { field: "since".to_owned(), format: Some("%s".to_owned()), min_offset: 0, max_offset: 600 };
    assert_eq!(one("lookups/l.yml", text).lookups[0].time, Some(time));
}

#[test]
fn tables_are_files_of_their_own_and_a_later_folders_wins() {
    let definition = file("a/lookups/l.yml", "name: l\nfilename: l.csv\n");
    let missing = Content::load(vec![definition.clone()]);
    let shown: Vec<String> = missing.reports.iter().map(|report| report.message.clone()).collect();
    assert_eq!(shown, ["lookup `l` is over the file `l.csv`, which is not loaded"]);
    let first = file("a/lookups/l.csv", "user,tag,user,\n");
    let second = file("b/lookups/l.csv", "user,group\n");
    let content = Content::load_folders(vec![vec![definition.clone(), first.clone()], vec![second.clone()]]);
    assert_eq!(content.reports, []);
    assert_eq!(content.table("l.csv").map(|table| table.columns.join(" ")).as_deref(), Some("user group"));
    let removed = file("b/removed/lookups/l.csv", "gone\n");
    assert_eq!(Content::load(vec![definition.clone(), first.clone(), removed]).tables.len(), 1);
    let content = Content::load(vec![definition, first, second]);
    assert_eq!(content.reports.len(), 1);
    assert_eq!(content.table("l.csv").map(|table| table.columns.join(" ")).as_deref(), Some("user tag"));
}

#[test]
fn a_later_folder_overrides_and_one_folder_may_not_contradict_itself() {
    let first = file("a/macros/m.yml", "name: m\ndefinition: first\n");
    let second = file("b/m.yml", "name: m\ndefinition: second\n");
    let with_argument = file("b/m1.yml", "name: m(1)\narguments: [x]\ndefinition: third $x$\n");
    let content = Content::load_folders(vec![vec![first.clone()], vec![second.clone(), with_argument]]);
    assert_eq!(content.reports, []);
    assert_eq!(content.macro_of("m", 0).map(|found| found.definition.text.as_str()), Some("second"));
    assert_eq!(content.macro_of("m", 1).map(|found| found.definition.text.as_str()), Some("third $x$"));
    let content = Content::load(vec![first, second]);
    assert_eq!(content.reports.len(), 1);
    assert_eq!(content.macro_of("m", 0).map(|found| found.definition.text.as_str()), Some("first"));
}

#[test]
fn a_detection_runs_on_its_own_schedule_or_its_types() {
    let deployment = "name: d\ntype: TTP\nscheduling: {cron_schedule: 0 * * * *, earliest_time: -70m@m, latest_time: -10m@m, schedule_window: auto}\n";
    let nightly = "name: Nightly\nscheduling: {cron_schedule: 0 2 * * *, earliest_time: -1d@d, latest_time: '@d'}\n";
    let cron = |extra: &str| {
        let content = Content::load(vec![
            file("deployments/d.yml", deployment),
            file("schedules/n.yml", nightly),
            file("detections/x.yml", &six("TTP", extra)),
        ]);
        assert_eq!(content.reports, []);
        content.schedule_of(&content.detections[0]).map(|schedule| schedule.cron.clone())
    };
    assert_eq!(cron("").as_deref(), Some("0 * * * *"));
    assert_eq!(cron("schedule: Nightly\n").as_deref(), Some("0 2 * * *"));
    let custom =
        "custom_schedule: {cron_schedule: 5 * * * *, earliest_time: -1h, latest_time: now, schedule_window: '0'}\n";
    assert_eq!(cron(custom).as_deref(), Some("5 * * * *"));
}

#[test]
fn the_sixth_generation_has_baselines_without_a_type_and_schedules_by_class() {
    let baseline = HEAD.replace("id:", "modification_date: '2026-01-01'\nsecurity_domain: audit\nid:");
    let schedule = "name: Default EventBasedDetection\nid: 11111111-2222-3333-4444-555555555555\ncron_schedule: 7 * * * *\n\
                    earliest_time: -70m@m\nlatest_time: -10m@m\nschedule_window: auto\n";
    let content = Content::load_folders(vec![
        crate::bundled_defaults(),
        vec![
            file("e/baselines/b.yml", &baseline),
            file("e/schedules/default_eventbaseddetection.yml", schedule),
            file("e/detections/x.yml", &six("TTP", "").replace("name: X", "name: Y").replace("id: 1", "id: 2")),
        ],
    ]);
    assert_eq!(content.reports, []);
    assert_eq!(content.baselines[0].kind, AnalyticType::Baseline);
    let cron = |detection: &Detection| content.schedule_of(detection).map(|schedule| schedule.cron.clone());
    assert_eq!(cron(&content.detections[0]).as_deref(), Some("7 * * * *"));
    assert_eq!(cron(&content.baselines[0]).as_deref(), Some("10 0 * * *"));
}

#[test]
fn throttling_is_counted_in_seconds() {
    let content = check(&six("TTP", "throttling: {fields: [dest, who], period: 70m}\n"), &[]);
    let throttling = content.detections[0].throttling.clone().expect("throttling");
    assert_eq!((throttling.seconds, throttling.fields.len()), (4200, 2));
    check(
        &six("TTP", "throttling: {fields: [dest], period: 1d}\n"),
        &["detections/x.yml:13:38: error[CON004]: `period` is `1d`, expected a number and `s`, `m` or `h`"],
    );
}

#[test]
fn the_bundled_content_has_no_flaw() {
    let content = Content::load(crate::bundled());
    let shown: Vec<String> =
        content.reports.iter().map(|report| diag::render_concise(report, &content.files)).collect();
    assert_eq!(shown, Vec::<String>::new());
    assert!(content.ignored.is_empty());
    for kind in AnalyticType::ALL {
        assert!(content.deployment(kind).is_some(), "{kind:?}");
    }
    for detection in &content.detections {
        assert_eq!(content.expand(&detection.search).reports, [], "{}", detection.name);
        assert_eq!(detection.generation, Generation::Six);
    }
    let ngrok = content.detection("windows ngrok reverse proxy usage").expect("the seed's detection");
    assert_eq!((ngrok.version, ngrok.entities.len(), ngrok.threat_objects.len()), (13, 2, 2));
    assert!(ngrok.entities.iter().all(|entity| entity.score == 20));
    let ngrok_starts = crate::demo_sysmon()
        .lines()
        .filter(|line| line.to_lowercase().contains("\\ngrok.exe</data><data name='fileversion'"));
    assert_eq!(ngrok_starts.count(), 10);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_taken() {
    let text = format!("\u{feff}{}", five("TTP").replace('\n', "\r\n"));
    let content = check(&text, &[]);
    assert_eq!(content.detections[0].name, "X");
}
