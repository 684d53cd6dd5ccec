use super::{read_event, unescape};
use crate::builder::{At, Builder};
use crate::{DecodeOptions, Format};

fn check_timed(text: &str, time: Option<i64>, expected: &[(&str, &str)]) {
    let mut batches = Vec::new();
    let mut sink = |batch| batches.push(batch);
    let mut builder = Builder::new(&DecodeOptions::default(), &mut sink);
    builder.begin(Format::WindowsEventXml, At::default());
    let end = read_event(text, 0, &mut builder).unwrap();
    assert_eq!(end, text.len());
    builder.quoted(text.split_at(end).0, 0);
    builder.end();
    builder.flush();
    let batch = &batches[0];
    assert_eq!(batch.events[0].time, time);
    let fields: Vec<(&str, &str)> =
        batch.fields_of(&batch.events[0]).map(|(id, value)| (batch.names.name(id), value)).collect();
    assert_eq!(fields, expected);
}

fn check(text: &str, expected: &[(&str, &str)]) {
    check_timed(text, None, expected);
}

#[test]
fn system_fields_have_the_names_of_the_add_on() {
    check_timed(
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='P' Guid='{A}' EventSourceName='S'/>\
         <EventID Qualifiers='16384'>7045</EventID><Version>0</Version><Level>4</Level><Task>1</Task><Opcode>2</Opcode>\
         <Keywords>0x8080000000000000</Keywords><TimeCreated SystemTime='2021-01-14T23:41:40.145335200Z'/>\
         <EventRecordID>9</EventRecordID><Correlation ActivityID='{B}' RelatedActivityID=''/><Execution ProcessID='1' ThreadID='2'/>\
         <Channel>System</Channel><Computer>c.d</Computer><Security UserID='S-1-5-18'/></System></Event>",
        Some(1_610_667_700_145_335),
        &[
            ("Name", "P"),
            ("Guid", "{A}"),
            ("EventSourceName", "S"),
            ("Qualifiers", "16384"),
            ("EventID", "7045"),
            ("EventCode", "7045"),
            ("Version", "0"),
            ("Level", "4"),
            ("Task", "1"),
            ("Opcode", "2"),
            ("Keywords", "0x8080000000000000"),
            ("SystemTime", "2021-01-14T23:41:40.145335200Z"),
            ("EventRecordID", "9"),
            ("RecordNumber", "9"),
            ("ActivityID", "{B}"),
            ("ProcessID", "1"),
            ("ThreadID", "2"),
            ("Channel", "System"),
            ("Computer", "c.d"),
            ("UserID", "S-1-5-18"),
        ],
    );
}

#[test]
fn event_data_is_named_unnamed_or_other() {
    check(
        "<Event><EventData Name='X'><Data Name='a'>1</Data><Data Name=\"b\"></Data><Data Name='c'/><Data>2</Data><Data>3</Data>\
         <Binary>0AFF</Binary></EventData></Event>",
        &[("a", "1"), ("Data", "2"), ("Data", "3"), ("Binary", "0AFF")],
    );
}

#[test]
fn a_name_in_system_and_event_data_has_both_values() {
    check(
        "<Event><System><Level>4</Level><Execution ProcessID='1'/></System><EventData><Data Name='Level'>High</Data><Data Name='ProcessId'>2</Data></EventData></Event>",
        &[("Level", "4"), ("ProcessID", "1"), ("Level", "High"), ("ProcessId", "2")],
    );
}

#[test]
fn user_data_gives_its_leaves_and_attributes() {
    check(
        "<Event><UserData><LogFileCleared xmlns='http://x' xmlns:y='z'><SubjectUserName>Ada</SubjectUserName><Inner><Channel>Security</Channel>\
         </Inner><Certificate subjectName='cn'/></LogFileCleared></UserData></Event>",
        &[("SubjectUserName", "Ada"), ("Channel", "Security"), ("subjectName", "cn")],
    );
}

#[test]
fn rendering_info_does_not_shadow_system() {
    check(
        "<Event><System><Level>4</Level></System><RenderingInfo Culture='en-US'><Message>Done.\nAll &lt;well&gt;</Message><Level>Information</Level></RenderingInfo></Event>",
        &[("Level", "4"), ("Message", "Done.\nAll <well>"), ("RenderingInfo.Level", "Information")],
    );
}

#[test]
fn text_may_hold_entities_cdata_and_comments() {
    check(
        "<Event ><EventData><Data Name='a&amp;b'>x &lt; <![CDATA[<&lt;>]]><!-- no --> &#65;&#x42;&quot;</Data>\r\n<Data\n Name = 'c' >'\"></Data></EventData></Event>",
        &[("a&b", "x < <&lt;> AB\""), ("c", "'\">")],
    );
}

#[test]
fn what_is_no_entity_stays() {
    let check = |text: &str, expected: &str| {
        let mut decoded = String::new();
        unescape(text, &mut decoded);
        assert_eq!(decoded, expected);
    };
    check("a & b &nbsp; &; &#0x; &#xD800; &", "a & b &nbsp; &; &#0x; &#xD800; &");
    check("&amp;lt;", "&lt;");
}

#[test]
fn damage_is_told_apart() {
    let check = |text: &str, reason: &str| {
        let mut sink = |_| {};
        let mut builder = Builder::new(&DecodeOptions::default(), &mut sink);
        builder.begin(Format::WindowsEventXml, At::default());
        assert_eq!(read_event(text, 0, &mut builder).unwrap_err().reason, reason);
    };
    check("<Event><System>", "the event has no end");
    check("<Event><System></Event>", "`</System>` expected");
    check("<Event><Data Name=a>", "broken attribute in `<Data>`");
    check("<Event><Data Name='a>", "broken attribute in `<Data>`");
    check("<Event><!-- ", "no `-->`");
    check("<Event>< ", "`<` begins no tag");
    check(&"<Event><a>".replace("<a>", &"<a>".repeat(200)), "elements nested too deeply");
}
