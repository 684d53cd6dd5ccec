//! Detections and rows, made by hand, against what they mean.

mod common;

use common::{
    Expected, anomaly, check, correlation, dispatch, evaluate, line, row, ttp_with_entity, ttp_without_entity, values,
};
use content::{AnalyticType, Detection, EntityRule};
use rba::Severity;
use spl::value::Value;

const MESSAGE: &str = "proxy spawned by $parent_process_name$ - $process_name$ on $dest$ by $user$";

fn seed() -> Detection {
    anomaly(&[("user", "user", 20), ("dest", "system", 20)], &["process_name", "parent_process_name"], MESSAGE)
}

#[test]
fn one_intermediate_finding_for_each_row_and_entity() {
    let rows = [row("dest=ws1 user=bob process_name=ngrok.exe parent_process_name=cmd.exe count=2")];
    let message = "proxy spawned by cmd.exe - ngrok.exe on ws1 by bob";
    let threats = &["process_name=ngrok.exe", "parent_process_name=cmd.exe"];
    check(
        &seed(),
        &rows,
        &[
            Expected::Intermediate { entity: "user bob 20", message, threats },
            Expected::Intermediate { entity: "system ws1 20", message, threats },
        ],
    );
}

#[test]
fn what_names_nothing_carries_no_risk() {
    for nothing in ["", "null", "NULL", "N/A", " "] {
        let mut fields = row("dest=ws1 process_name=ngrok.exe");
        fields.fields.push(("user".into(), Value::Text(nothing.into())));
        let outcome = evaluate(&seed(), &[fields], &dispatch());
        let entities: Vec<_> = outcome.intermediate_findings.iter().map(|found| found.entity.value.as_str()).collect();
        assert_eq!(entities, ["ws1"], "user={nothing:?}");
        let threats = &outcome.intermediate_findings[0].common.threat_objects;
        assert_eq!(threats.len(), 1, "an absent threat object leaves no hole");
    }
}

#[test]
fn a_multivalue_entity_gives_one_per_distinct_value() {
    let mut fields = row("user=bob process_name=ngrok.exe parent_process_name=cmd.exe");
    fields.fields.push(("dest".into(), values(&["ws1", "ws2", "ws1", "null"])));
    let message = "proxy spawned by cmd.exe - ngrok.exe on ws1, ws2, ws1, null by bob";
    let threats = &["process_name=ngrok.exe", "parent_process_name=cmd.exe"];
    check(
        &seed(),
        &[fields],
        &[
            Expected::Intermediate { entity: "user bob 20", message, threats },
            Expected::Intermediate { entity: "system ws1 20", message, threats },
            Expected::Intermediate { entity: "system ws2 20", message, threats },
        ],
    );
}

#[test]
fn threat_objects_keep_value_and_type_side_by_side() {
    let mut fields = row("user=bob process_name=ngrok.exe");
    fields.fields.push(("parent_process_name".into(), values(&["cmd.exe", "powershell.exe"])));
    let outcome = evaluate(&seed(), &[fields], &dispatch());
    let event = outcome.intermediate_findings[0].to_event();
    assert_eq!(event["threat_object"], serde_json::json!(["ngrok.exe", "cmd.exe", "powershell.exe"]));
    assert_eq!(
        event["threat_object_type"],
        serde_json::json!(["process_name", "parent_process_name", "parent_process_name"])
    );
}

#[test]
fn a_ttp_of_the_newest_content_is_about_an_entity() {
    let detection = ttp_with_entity("ngrok on $dest$", ("user", "user", 50), &[("dest", "system", 30)]);
    check(
        &detection,
        &[row("dest=ws1 user=bob")],
        &[
            Expected::Finding { entity: Some("user bob 50"), title: "ngrok on ws1", severity: Severity::Medium },
            Expected::Intermediate { entity: "system ws1 30", message: "risk", threats: &[] },
        ],
    );
    check(
        &detection,
        &[row("dest=ws1")],
        &[
            Expected::Finding { entity: None, title: "ngrok on ws1", severity: Severity::Medium },
            Expected::Intermediate { entity: "system ws1 30", message: "risk", threats: &[] },
        ],
    );
}

#[test]
fn a_ttp_of_older_content_does_not_score_twice() {
    let detection = ttp_without_entity(&[("dest", "system", 81), ("user", "user", 10)]);
    check(
        &detection,
        &[row("dest=ws1 user=bob")],
        &[
            Expected::Finding { entity: None, title: "Test Detection", severity: Severity::Critical },
            Expected::Intermediate { entity: "system ws1 81", message: "risk", threats: &[] },
            Expected::Intermediate { entity: "user bob 10", message: "risk", threats: &[] },
        ],
    );
}

#[test]
fn a_correlation_gives_a_finding_only() {
    check(
        &correlation(),
        &[row("risk_object=ws1 risk_object_type=system risk_score=140")],
        &[Expected::Finding { entity: Some("system ws1 -"), title: "Test Detection", severity: Severity::High }],
    );
}

#[test]
fn hunting_and_baselines_give_nothing() {
    for kind in [AnalyticType::Hunting, AnalyticType::Baseline] {
        let detection = Detection { kind, ..seed() };
        check(&detection, &[row("dest=ws1 user=bob process_name=ngrok.exe parent_process_name=cmd.exe")], &[]);
    }
}

#[test]
fn the_activity_has_its_own_times() {
    let check = |fields: &str, began: i64, ended: i64| {
        let outcome = evaluate(&seed(), &[row(fields)], &dispatch());
        let common = &outcome.intermediate_findings[0].common;
        assert_eq!((common.began() / 1_000_000, common.ended() / 1_000_000), (began, ended), "{fields}");
    };
    check("user=bob firstTime=2023-11-14T22:13:20 lastTime=2023-11-14T22:13:30", 1_700_000_000, 1_700_000_010);
    check("user=bob firstTime=1700000000.5 lastTime=1700000010", 1_700_000_000, 1_700_000_010);
    check("user=bob _time=1700000005", 1_700_000_005, 1_700_000_005);
    check("user=bob firstTime=soon", 1_700_003_600, 1_700_003_600);
}

#[test]
fn a_score_out_of_range_is_no_score() {
    let mut detection = seed();
    detection.entities = vec![EntityRule { score: 0, ..detection.entities[0].clone() }];
    let outcome = evaluate(&detection, &[row("user=bob")], &dispatch());
    assert_eq!(outcome.intermediate_findings[0].entity.score, None);
}

#[test]
fn the_line_of_findings_has_its_keys_in_order() {
    let rows = [row("firstTime=2024-01-01T00:00:00 dest=ws1 user=bob process_name=ngrok.exe count=2")];
    let outcome = evaluate(&seed(), &rows, &dispatch());
    let line = line(&outcome.intermediate_findings[0]);
    let keys: Vec<&str> = line.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "kind",
            "id",
            "time",
            "search_name",
            "detection_id",
            "detection_version",
            "type",
            "risk_object",
            "risk_object_type",
            "risk_score",
            "risk_message",
            "threat_objects",
            "annotations",
            "analyticstories",
            "severity",
            "info_min_time",
            "info_max_time",
            "contributing",
        ]
    );
    assert_eq!(line["search_name"], "ESCU - Test Detection - Rule");
    assert_eq!(line["type"], "Anomaly");
    assert_eq!(line["time"], 1_700_003_600);
    assert_eq!(line["risk_score"], 20);
    assert_eq!(line["threat_objects"], serde_json::json!([{"value": "ngrok.exe", "type": "process_name"}]));
    assert_eq!(line["annotations"]["mitre_attack"], serde_json::json!(["T1090"]));
    assert_eq!(line["annotations"]["mitre_attack.mitre_technique"], serde_json::json!(["Proxy"]));
    assert_eq!(line["annotations"]["mitre_attack.mitre_tactic"], serde_json::json!(["command-and-control"]));
    assert_eq!(line["contributing"]["count"], 2);
    assert_eq!(line["info_min_time"], 1_700_000_000);
}

#[test]
fn a_finding_without_an_entity_leaves_the_keys_out() {
    let outcome = evaluate(&ttp_without_entity(&[("dest", "system", 50)]), &[row("dest=ws1")], &dispatch());
    let line = line(&outcome.findings[0]);
    assert!(line.get("risk_object").is_none());
    assert!(line.get("risk_score").is_none());
    assert_eq!(line["severity"], "medium");
    assert_eq!(outcome.findings[0].to_event()["entity"], "N/A");
}

#[test]
fn the_risk_event_has_every_field() {
    let rows = [row(
        "_time=1700000010.5 source=sysmon sourcetype=xml host=h1 tag=process dest=ws1 user=bo\"b\\x risk_score=999",
    )];
    let outcome = evaluate(&seed(), &rows, &dispatch());
    let event = outcome.intermediate_findings[0].to_event();
    for (field, expected) in [
        ("_time", serde_json::json!(1_700_000_010.5)),
        ("source", serde_json::json!("ESCU - Test Detection - Rule")),
        ("risk_object", serde_json::json!("bo\"b\\x")),
        ("risk_object_type", serde_json::json!("user")),
        ("risk_object_field", serde_json::json!("user")),
        ("risk_score", serde_json::json!(20)),
        ("annotations._all", serde_json::json!(["T1090"])),
        ("annotations.mitre_attack", serde_json::json!(["T1090"])),
        ("annotations.mitre_attack.mitre_technique_id", serde_json::json!(["T1090"])),
        ("annotations.mitre_attack.mitre_tactic_id", serde_json::json!(["TA0011"])),
        ("analyticstories", serde_json::json!(["Reverse Network Proxy"])),
        ("orig_sid", serde_json::json!("scheduler__weir__00000000-0000-4000-8000-000000000001_at_1700003600")),
        ("orig_rid", serde_json::json!("0")),
        ("orig_time", serde_json::json!(1_700_000_010.5)),
        ("orig_source", serde_json::json!(["sysmon"])),
        ("orig_sourcetype", serde_json::json!(["xml"])),
        ("orig_host", serde_json::json!(["h1"])),
        ("orig_tag", serde_json::json!(["process"])),
        ("info_search_time", serde_json::json!(1_700_003_600)),
        (
            "contributing_events_search",
            serde_json::json!(r#"| savedsearch "ESCU - Test Detection - Rule" | search user="bo\"b\\x""#),
        ),
        ("dest", serde_json::json!("ws1")),
    ] {
        assert_eq!(event.get(field), Some(&expected), "{field}");
    }
}
