use std::collections::BTreeSet;

use super::{Envelope, carrier_end, find};

#[track_caller]
fn wrapped(text: &str, expected: Option<&str>) {
    let found = match find(text, 0, &BTreeSet::new(), true) {
        Some(Envelope::Wrapped(wrapped)) => {
            let metadata = wrapped.metadata;
            Some(format!(
                "{} | {:?} {:?} {:?} {:?} | {:?} {:?} | {}",
                wrapped.event,
                metadata.sourcetype.as_deref().unwrap_or(""),
                metadata.source.as_deref().unwrap_or(""),
                metadata.host.as_deref().unwrap_or(""),
                metadata.time.unwrap_or(0),
                wrapped.fields.unwrap_or(""),
                wrapped.index.unwrap_or_default(),
                text.len() - wrapped.end
            ))
        }
        Some(Envelope::Carrier(at)) => Some(format!("carrier {at}")),
        None => None,
    };
    assert_eq!(found.as_deref(), expected, "{text}");
}

#[test]
fn events_of_the_http_event_collector() {
    wrapped(
        r#"{"time": 1709633472.5, "host": "h", "sourcetype": "aws:cloudtrail", "event": {"a": "}"}} "#,
        Some(r#"{"a": "}"} | "aws:cloudtrail" "" "h" 1709633472500000 | "" "" | 1"#),
    );
    wrapped(
        r#"{"event":"a \"b\"\n","source":"s","index":"i","fields":{"x":1}}"#,
        Some("a \"b\"\n | \"\" \"s\" \"\" 0 | \"{\\\"x\\\":1}\" \"i\" | 0"),
    );
    // Measurements, and logs that only look alike.
    wrapped(r#"{"event":"metric","source":"s","fields":{"metric_name:x":1}}"#, None);
    wrapped(r#"{"time":"2024-03-05T10:11:12Z","event":"login","user":"ada"}"#, None);
    wrapped(r#"{"time":1,"event":"login","host":"h"}"#, None);
    wrapped(r#"{"event":"x","source":"#, None);
}

#[test]
fn rows_that_splunk_exported() {
    wrapped(
        r#"{"preview":false,"offset":0,"result":{"_raw":"x=1","_time":"2024-03-05T10:11:12.000+00:00","sourcetype":"st","x":"1"}}"#,
        Some("x=1 | \"st\" \"\" \"\" 1709633472000000 | \"\" \"\" | 0"),
    );
    wrapped(r#"{"_cd":"1","_raw":"{}","sourcetype":"st"}"#, Some("{} | \"st\" \"\" \"\" 0 | \"\" \"\" | 0"));
    wrapped(r#"{"_id":"1","a":2}"#, None);
    // No JSON: it ends nowhere for sure.
    wrapped("{\"result\":{\"sourcetype\":\"x\",\"_raw\":\"a\nb\"}}", None);
    wrapped(r#"{"event":{`},"host":"h","source":"s"}"#, None);
    wrapped(r#"{"event":[1,],"host":"h","source":"s"}"#, None);
    wrapped(r#"{"result":{"sourcetype":"x","_raw":{}}}"#, None);
    wrapped(r#"{"result":{"sourcetype":"x","_raw":${}}}"#, None);
}

#[test]
fn carriers() {
    let carriers = BTreeSet::from(["Records".to_owned(), "value".to_owned()]);
    let check = |text: &str, is_first: bool, expected: Option<usize>| {
        let found = match find(text, 0, &carriers, is_first) {
            Some(Envelope::Carrier(at)) => Some(at),
            _ => None,
        };
        assert_eq!(found, expected, "{text}");
    };
    check(r#"{"Records":[{"a":1}]}"#, true, Some(12));
    check(r#"{ "Records" : [ {"a":1}]}"#, false, Some(16));
    check(r#"{"n":{"Records":[]},"value":[{"a":1}]}"#, true, Some(29));
    check(r#"{"n":1,"value":[{"a":1}]}"#, false, None);
    check(r#"{"Records":["a"]}"#, true, None);
    check(r#"{"Records":[]}"#, true, None);
    assert_eq!(carrier_end(r#"], "next": {"a": "}"} } {"#.get(1..).unwrap_or(""), 0), Some(22));
    assert_eq!(carrier_end(", \"next\": ", 0), None);
}
