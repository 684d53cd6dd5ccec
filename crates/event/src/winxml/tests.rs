use std::sync::Arc;

use crate::{DecodeOptions, EventBatch};

/// `name=value` of every field of every event, and the reasons of what was set aside.
fn check(text: &str, expected: &[&[&str]], set_aside: &[&str]) {
    let mut batches: Vec<EventBatch> = Vec::new();
    crate::decode(&Arc::from("test.xml"), text.as_bytes(), &DecodeOptions::default(), &mut |batch| batches.push(batch));
    let events: Vec<Vec<String>> = batches
        .iter()
        .flat_map(|batch| {
            batch.events.iter().map(|event| {
                batch.fields_of(event).map(|(name, value)| format!("{}={value}", batch.names.name(name))).collect()
            })
        })
        .collect();
    assert_eq!(events, expected.iter().map(|event| event.to_vec()).collect::<Vec<_>>());
    let reasons: Vec<&str> =
        batches.iter().flat_map(|batch| &batch.set_aside).map(|one| one.reason.as_str()).collect();
    assert_eq!(reasons, set_aside);
}

#[test]
fn system_and_event_data() {
    check(
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>\
         <Provider Name='Microsoft-Windows-Sysmon' Guid='{5770385F}'/><EventID Qualifiers='0'>1</EventID>\
         <TimeCreated SystemTime='2024-05-14T09:12:33.123456700Z'/><EventRecordID>42</EventRecordID><Correlation/>\
         <Execution ProcessID='2012' ThreadID='3400'/><Channel>Microsoft-Windows-Sysmon/Operational</Channel>\
         <Computer>ws-041</Computer><Security UserID='S-1-5-18'/></System>\
         <EventData><Data Name='Image'>C:\\a.exe</Data><Data Name='RuleName'></Data><Data Name='Empty'/></EventData></Event>",
        &[&[
            "Name=Microsoft-Windows-Sysmon",
            "Guid={5770385F}",
            "Qualifiers=0",
            "EventCode=1",
            "EventID=1",
            "SystemTime=2024-05-14T09:12:33.123456700Z",
            "EventRecordID=42",
            "RecordNumber=42",
            "ProcessID=2012",
            "ThreadID=3400",
            "Channel=Microsoft-Windows-Sysmon/Operational",
            "Computer=ws-041",
            "UserID=S-1-5-18",
            "Image=C:\\a.exe",
        ]],
        &[],
    );
}

#[test]
fn the_time_is_that_of_time_created() {
    let mut times = Vec::new();
    let xml = "<Event><System><TimeCreated SystemTime=\"2024-05-14T09:12:33.123456700Z\"/></System></Event>";
    crate::decode(&Arc::from("t"), xml.as_bytes(), &DecodeOptions::default(), &mut |batch| {
        times.extend(batch.events.iter().map(|event| event.time));
    });
    assert_eq!(times, [Some(1_715_677_953_123_456)]);
}

#[test]
fn entities_are_decoded_in_fields_and_kept_in_raw() {
    let xml = "<Event><EventData><Data Name='CommandLine'>cmd /c echo &lt;a&gt; &amp;&amp; type &quot;x&quot;&#13;&#xA;</Data></EventData></Event>";
    check(xml, &[&["CommandLine=cmd /c echo <a> && type \"x\"\r\n"]], &[]);
    crate::decode(&Arc::from("t"), xml.as_bytes(), &DecodeOptions::default(), &mut |batch| {
        assert_eq!(batch.text_of(batch.events[0].raw), xml);
    });
}

#[test]
fn unnamed_data_is_multivalue_and_user_data_is_read_by_leaf() {
    check("<Event><EventData><Data>a</Data><Data>b</Data><Binary>00</Binary></EventData></Event>", &[&["Data=a", "Data=b", "Binary=00"]], &[]);
    check(
        "<Event><UserData><LogFileCleared xmlns:auto='x' xmlns='y'><SubjectUserName>eve</SubjectUserName><N><Deep>1</Deep></N></LogFileCleared></UserData></Event>",
        &[&["SubjectUserName=eve", "Deep=1"]],
        &[],
    );
}

#[test]
fn rendering_info_does_not_mix_with_system() {
    check(
        "<Event><System><Level>4</Level></System><RenderingInfo Culture='en-US'><Message>hello</Message><Level>Information</Level></RenderingInfo></Event>",
        &[&["Level=4", "Message=hello", "RenderingInfo.Level=Information"]],
        &[],
    );
}

#[test]
fn events_over_many_lines_with_wrappers_and_other_text() {
    check(
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<Events>\r\n<Event>\r\n  <System>\r\n    <EventID>7</EventID>\r\n  </System>\r\n</Event>\r\n\
         </Events>\r\nOct 14 10:00:00 host <Event><System><EventID>8</EventID></System></Event>\nsome other text\n",
        &[&["EventCode=7", "EventID=7"], &["EventCode=8", "EventID=8"], &[]],
        &[],
    );
}

#[test]
fn an_event_cut_short_does_not_swallow_the_next() {
    check(
        "<Event><System><EventID>1</EventID>\n<Event><System><EventID>2</EventID></System></Event>\n<Event><System>",
        &[&["EventCode=2", "EventID=2"]],
        &["an <Event> element that is never closed", "an <Event> element that is never closed"],
    );
}

#[test]
fn utf16_files_are_read() {
    let xml = "<Event><System><Computer>wörk</Computer></System></Event>";
    let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain(xml.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    crate::decode(&Arc::from("t"), &bytes, &DecodeOptions::default(), &mut |batch| {
        let fields: Vec<&str> = batch.fields_of(&batch.events[0]).map(|(_, value)| value).collect();
        assert_eq!(fields, ["wörk"]);
        assert!(batch.set_aside.is_empty());
    });
}
