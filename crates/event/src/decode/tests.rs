//! The ugliness that real logs have, in small.

use proptest::prelude::*;

use super::{Decoder, Origin, Piece, Segmented, decode, decode_piece, split_text};
use crate::{DecodeOptions, EventBatch, Format, detect};

fn decode_with(bytes: &[u8], options: &DecodeOptions) -> Vec<EventBatch> {
    let mut batches = Vec::new();
    decode(&"log".into(), bytes, options, &mut |batch| batches.push(batch));
    batches
}

/// One line an event: `offset:line form name=value|name=value`; then one `! offset:line reason` for each thing set aside.
fn show(batches: &[EventBatch]) -> Vec<String> {
    let mut lines = Vec::new();
    for batch in batches {
        for event in &batch.events {
            let fields: Vec<String> =
                batch.fields_of(event).map(|(id, value)| format!("{}={value}", batch.names.name(id))).collect();
            lines.push(format!("{}:{} {:?} {}", event.offset, event.record, event.format, fields.join("|")));
        }
        for aside in &batch.set_aside {
            lines.push(format!("! {}:{} {}", aside.place.offset, aside.place.record.unwrap_or(0), aside.reason));
        }
    }
    lines
}

fn check(input: impl AsRef<[u8]>, expected: &[&str]) {
    assert_eq!(show(&decode_with(input.as_ref(), &DecodeOptions::default())), expected);
}

fn raws(input: &str) -> Vec<String> {
    let batches = decode_with(input.as_bytes(), &DecodeOptions { raw: true, ..DecodeOptions::default() });
    let raw =
        |batch: &EventBatch| batch.events.iter().map(|event| batch.text_of(event.raw).to_owned()).collect::<Vec<_>>();
    batches.iter().flat_map(raw).collect()
}

const XML: &str = "<Event xmlns='x'><System><EventID>1</EventID></System></Event>";

#[test]
fn an_empty_file_is_noted() {
    check("", &["! 0:0 empty file"]);
}

#[test]
fn lines_of_no_form_are_kept() {
    check("one\r\n\r\n two <b>\n", &["0:1 Lines ", "8:3 Lines "]);
    assert_eq!(raws("one\r\n\r\n two <b>\n"), ["one", "two <b>"]);
    check("[2020-01-01] started\n{oops\n", &["0:1 Lines ", "21:2 Lines "]);
}

#[test]
fn bytes_that_are_no_text() {
    check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &["! 0:0 neither text nor an event log"]);
    check(b"{\"a\":\"\xff\"}\n", &["0:1 Json a=\u{fffd}", "! 6:0 1 bad bytes read as U+FFFD; their lines are kept"]);
}

#[test]
fn a_byte_order_mark_is_no_text() {
    check("\u{feff}{\"a\":1}", &["3:1 Json a=1"]);
    let utf16 = |text: &str, unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    check(utf16(&format!("\u{feff}{XML}"), u16::to_le_bytes), &["0:1 WindowsEventXml EventID=1|EventCode=1"]);
    check(utf16(&format!("\u{feff}{XML}"), u16::to_be_bytes), &["0:1 WindowsEventXml EventID=1|EventCode=1"]);
    check(utf16(XML, u16::to_le_bytes), &["0:1 WindowsEventXml EventID=1|EventCode=1"]);
}

#[test]
fn broken_json_lines_are_set_aside_and_the_rest_is_read() {
    check(
        "{\"a\":1}\n{\"a\":\n{\"a\":2}\r\n{\"a\":3\n",
        &[
            "0:1 Json a=1",
            "14:3 Json a=2",
            "! 8:2 broken JSON: `,` or `}` expected at byte 23",
            "! 23:4 broken JSON: the object has no end at byte 30",
        ],
    );
}

#[test]
fn arrays_and_pretty_printed_objects() {
    check("[\n  {\"a\":1},\n  {\"a\":2}\n]\n", &["4:2 Json a=1", "15:3 Json a=2"]);
    check("{\n  \"a\": {\n    \"b\": [1, 2]\n  }\n}\n{\n}\n", &["0:1 Json a.b{}=1|a.b{}=2", "33:6 Json "]);
    check("[\n  {\"a\":},\n  {\"a\":2}\n]\n", &["14:3 Json a=2", "! 4:2 broken JSON: a value expected at byte 9"]);
}

#[test]
fn a_line_that_is_too_long() {
    let options = DecodeOptions { event_bytes: 20, ..DecodeOptions::default() };
    let long = "x".repeat(30);
    let shown = |input: &str| show(&decode_with(input.as_bytes(), &options));
    assert_eq!(
        shown(&format!("a\n{long}\nb")),
        ["0:1 Lines ", "33:3 Lines ", "! 2:2 a line of 30 bytes: more than 20"]
    );
    let json = format!("{{\"a\":1}}\n{{\"a\":\"{long}\"}}\n{{\"a\":2}}");
    assert_eq!(shown(&json), ["0:1 Json a=1", "47:3 Json a=2", "! 8:2 the event is longer than 20 bytes"]);
    assert_eq!(shown(&format!("{XML}\nb")), ["63:2 Lines ", "! 0:1 the event is longer than 20 bytes"]);
}

#[test]
fn a_hundred_megabytes_on_one_line() {
    let mut text = vec![b'x'; 100 << 20];
    text.extend(b"\nlast");
    check(text, &["! 0:1 a line of 104857600 bytes: more than 16777216", "104857601:2 Lines "]);
}

#[test]
fn event_xml_in_every_layout() {
    let fields = "WindowsEventXml EventID=1|EventCode=1";
    check(
        format!("{XML}{XML}\n{XML}"),
        &[&format!("0:1 {fields}"), &format!("62:1 {fields}"), &format!("125:2 {fields}")],
    );
    check(
        format!(
            "<?xml version=\"1.0\"?>\r\n<Events>\r\n{}\r\n</Events>\r\n",
            XML.replace("><", ">\r\n  <").replace('\'', "\"")
        ),
        &[&format!("33:3 {fields}")],
    );
    check(format!("Nov 1 10:00:00 web1 sysmon: {XML}\nplain"), &[&format!("0:1 {fields}"), "91:2 Lines "]);
    assert_eq!(raws(&format!("Nov 1 web1: {XML}\n")), [format!("Nov 1 web1: {XML}")]);
}

#[test]
fn broken_event_xml_is_set_aside_and_the_next_is_read() {
    let fields = "WindowsEventXml EventID=1|EventCode=1";
    check(
        format!("<Event><System>\n  <EventID>\n{XML}\n<Event><System></Event>\n{XML}\n<Event>"),
        &[
            &format!("28:3 {fields}"),
            &format!("115:5 {fields}"),
            "! 0:1 broken event XML: the event has no end before the next begins",
            "! 91:4 broken event XML: `</System>` expected",
            "! 178:6 broken event XML: the event has no end",
        ],
    );
}

#[test]
fn forms_mixed_in_one_file_come_in_order() {
    let classic = "01/14/2021 11:41:39 PM\nLogName=Security\nMessage=It was.\n\tAccount Name:\t\tAda\n";
    check(
        format!("{XML}\n{classic}{XML}\n{{\"a\":1}}\ntext\n"),
        &[
            "0:1 WindowsEventXml EventID=1|EventCode=1",
            "63:2 ClassicWindowsEvent LogName=Security|Message=It was.\n\tAccount Name:\t\tAda|Account_Name=Ada",
            "139:6 WindowsEventXml EventID=1|EventCode=1",
            "202:7 Json a=1",
            "210:8 Lines ",
        ],
    );
}

#[test]
fn csv_with_quoted_line_breaks() {
    check(
        "\u{feff}File ID,Subject/Title,c\r\n1,\"a \"\"b\"\"\r\nc, d\",\r\n\r\n2,,x\r\n3,4,5,6\r\n4,\"5",
        &[
            "28:2 Csv File_ID=1|Subject_Title=a \"b\"\r\nc, d",
            "50:5 Csv File_ID=2|c=x",
            "! 56:6 4 cells under a header of 3",
            "! 65:7 a quoted cell has no end",
        ],
    );
}

#[test]
fn batches_are_bounded() {
    let options = DecodeOptions { batch_events: 3, ..DecodeOptions::default() };
    let sizes = |options| {
        decode_with(b"a\nb\nc\nd\ne\nf\ng\n", &options).iter().map(|batch| batch.events.len()).collect::<Vec<_>>()
    };
    assert_eq!(sizes(options), [3, 3, 1]);
    let options = DecodeOptions { batch_bytes: 2, raw: true, ..DecodeOptions::default() };
    assert_eq!(sizes(options), [2, 2, 2, 1]);
}

#[test]
fn more_names_than_a_batch_can_hold() {
    let object = |from: usize, count: usize| {
        let members: Vec<String> = (from..from + count).map(|at| format!("\"f{at}\":1")).collect();
        format!("{{{}}}\n", members.join(","))
    };
    let batches = decode_with((object(0, 40_000) + &object(40_000, 40_000)).as_bytes(), &DecodeOptions::default());
    assert_eq!(batches.iter().map(|batch| batch.names.len()).collect::<Vec<_>>(), [40_000, 40_000]);
    check(object(0, 70_000), &["! 0:1 more than 65,535 field names"]);
}

/// Text that often looks like one of the forms.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just(XML.to_owned()),
        Just("01/14/2021 11:41:39 PM\nLogName=Security\n".to_owned()),
        "[<>/&;'\"={}\\[\\],:\\\\ \n\r\ta-eé]{0,12}",
        Just("{\"a\":[1,{\"b\":null}]}".to_owned()),
        Just("<Event ".to_owned()),
        Just("<![CDATA[".to_owned()),
        Just("a,b,c\n1,2,3\n".to_owned()),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    /// Every character that is no blank lies in an event or in something set aside (or is markup around events).
    #[test]
    fn any_text_is_read_to_its_end(text in text()) {
        let batches = decode_with(text.as_bytes(), &DecodeOptions { raw: true, ..DecodeOptions::default() });
        let mut last = 0;
        for event in batches.iter().flat_map(|batch| &batch.events) {
            prop_assert!(event.offset >= last, "events are in order");
            last = event.offset;
        }
        let noted = batches.iter().any(|batch| !batch.events.is_empty() || !batch.set_aside.is_empty());
        prop_assert!(noted || text.trim_matches(|c: char| c.is_whitespace() || "[],<>!-?".contains(c)).len() < text.len() || text.trim().is_empty());
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..300), as_evtx in any::<bool>()) {
        let mut file = if as_evtx { b"ElfChnk\0".to_vec() } else { Vec::new() };
        file.extend(bytes);
        decode_with(&file, &DecodeOptions::default());
    }
}

#[test]
fn text_is_cut_between_events() {
    let check = |text: &str, size: usize, expected: &[&str]| {
        let pieces =
            split_text(text.as_bytes(), Origin::default(), detect(text.as_bytes()).unwrap_or(Format::Lines), size);
        let texts: Vec<&str> = pieces.iter().map(|piece| std::str::from_utf8(piece.bytes).unwrap()).collect();
        assert_eq!(texts, expected);
        let mut batches = Vec::new();
        for piece in &pieces {
            decode_piece(&"log".into(), piece, &DecodeOptions::default(), &mut |batch| batches.push(batch));
        }
        assert_eq!(show(&batches), show(&decode_with(text.as_bytes(), &DecodeOptions::default())));
    };
    check("{\"a\":1}\n{\"a\":2}\r\n{\"a\":3}\n", 1, &["{\"a\":1}\n", "{\"a\":2}\r\n", "{\"a\":3}\n"]);
    check("{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n", 8, &["{\"a\":1}\n{\"a\":2}\n", "{\"a\":3}\n"]);
    check("{\"a\":[\n{\"b\":1},\n{\"b\":2}\n]}\n{\n}", 1, &["{\"a\":[\n{\"b\":1},\n{\"b\":2}\n]}\n", "{\n}"]);
    check(&format!("{XML}\n{XML}\ntext\n{XML}\n"), 1, &[&format!("{XML}\n"), &format!("{XML}\ntext\n{XML}\n")]);
}

#[test]
fn no_field_is_kept_of_an_event_that_breaks() {
    let batches = decode_with(b"{\"a\":1,\"b\":2,}\n{\"c\":3}\n", &DecodeOptions::default());
    assert_eq!(batches.iter().map(|batch| batch.fields.len()).sum::<usize>(), 1);
    // Nor is a byte of its text.
    let first = batches.first().map(|batch| (batch.events[0].format, batch.text.as_str()));
    assert_eq!(first, Some((Format::Json, "{\"c\":3}")));
    assert_eq!(batches[0].fields_of(&batches[0].events[0]).map(|(_, value)| value).collect::<Vec<_>>(), ["3"]);
}

/// What a file gives that is read in segments of about a size.
fn in_segments(bytes: &[u8], size: usize) -> Vec<EventBatch> {
    let Some(how) = Segmented::of(bytes) else { return decode_with(bytes, &DecodeOptions::default()) };
    let mut batches = Vec::new();
    let mut origin = Origin { file_bytes: Some(bytes.len() as u64), ..Origin::default() };
    while origin.offset < bytes.len() {
        let rest = &bytes[origin.offset..];
        let mut wanted = size;
        let length = loop {
            let held = &rest[..wanted.min(rest.len())];
            match how.last_cut(held, origin) {
                _ if held.len() == rest.len() => break rest.len(),
                0 => wanted += size,
                cut => break cut,
            }
        };
        let segment = &rest[..length];
        for piece in how.split(segment, origin) {
            decode_piece(&"log".into(), &piece, &DecodeOptions::default(), &mut |batch| batches.push(batch));
        }
        origin.offset += length;
        origin.line += segment.iter().filter(|byte| **byte == b'\n').count() as u64;
    }
    batches
}

#[test]
fn a_file_in_segments_is_the_file() {
    let check = |text: &str, size: usize| {
        let whole = show(&decode_with(text.as_bytes(), &DecodeOptions::default()));
        assert_eq!(show(&in_segments(text.as_bytes(), size)), whole, "{size}: {text}");
    };
    let classic = "03/05/2024 10:11:12 AM\nLogName=Security\nMessage=a\n\tb\n";
    let lines = format!("a,b,c\none\ntwo\n{classic}{classic}three=3\n");
    for size in [1, 7, 30, 64, 200] {
        check(&lines, size);
        check(&format!("x\n{lines}"), size);
        check("{\"a\":1}\n{\"a\":2}\r\n{\"Records\":[\n{\"b\":1}\n]}\n{\"a\":3}", size);
        check(&format!("{XML}\n{XML}\ntext\n{XML}\n"), size);
    }
}

#[test]
fn records_of_one_event_stay_in_one_batch() {
    let record = |event: u32| format!("type=PATH msg=audit(1709633472.123:{event}): name=\"{}\"\n", "x".repeat(300));
    let text: String = [1, 1, 1, 2, 3, 3].map(record).concat();
    let sizes = |batches: &[EventBatch]| batches.iter().map(|batch| batch.events.len()).collect::<Vec<_>>();
    let options = DecodeOptions { batch_events: 2, ..DecodeOptions::default() };
    assert_eq!(sizes(&decode_with(text.as_bytes(), &options)), [3, 3]);
    let pieces = split_text(text.as_bytes(), Origin::default(), Format::Lines, 1);
    let lines = |piece: &Piece<'_>| piece.bytes.iter().filter(|byte| **byte == b'\n').count();
    assert_eq!(pieces.iter().map(lines).collect::<Vec<_>>(), [3, 1, 2]);
    assert_eq!(sizes(&in_segments(text.as_bytes(), 400)), [3, 1, 2]);
}

#[test]
fn small_files_make_one_batch() {
    let files: [(&str, &str); 4] = [
        ("a.json", "{\"a\":1}\n{\"b\":2}\n"),
        ("b.xml", XML),
        ("c.log", "one=1\ntwo=2\n"),
        ("d.json", "{\"a\":3}\n{\"c\""),
    ];
    let options = DecodeOptions::default();
    let mut batches = Vec::new();
    let mut sink = |batch| batches.push(batch);
    let mut decoder = Decoder::new(&options, &mut sink);
    for (name, text) in files {
        crate::split(text.as_bytes()).iter().for_each(|piece| decoder.piece(&name.into(), piece));
    }
    decoder.finish();
    let [batch] = batches.as_slice() else { panic!("{} batches", batches.len()) };
    let names: Vec<&str> = batch.events.iter().map(|event| batch.file_of(event)).collect();
    assert_eq!(names, ["a.json", "a.json", "b.xml", "c.log", "c.log", "d.json"]);
    assert_eq!(batch.set_aside.iter().map(|one| &*one.place.file).collect::<Vec<_>>(), ["d.json"]);
    let alone: Vec<String> = files.iter().flat_map(|(_, text)| show(&decode_with(text.as_bytes(), &options))).collect();
    assert_eq!(show(&batches), alone);
}

#[test]
fn a_carrier_after_a_carrier_need_not_begin_with_its_array() {
    let carriers = std::collections::BTreeSet::from(["Records".to_owned()]);
    let options = DecodeOptions { carriers: carriers.into(), ..DecodeOptions::default() };
    let text = "{\"n\":1,\"Records\":[{\"a\":1}]}\n{\"n\":2,\"Records\":[{\"a\":2}]}\n";
    assert_eq!(show(&decode_with(text.as_bytes(), &options)), ["18:1 Json a=1", "46:2 Json a=2"]);
}

proptest! {
    #[test]
    fn any_file_in_segments_is_the_file(text in text(), size in 1_usize..60) {
        // What is set aside says where the text ends, which a segment ends before.
        let events = |batches: &[EventBatch]| show(batches).into_iter().filter(|line| !line.starts_with('!')).collect::<Vec<_>>();
        let whole = decode_with(text.as_bytes(), &DecodeOptions::default());
        prop_assert_eq!(events(&in_segments(text.as_bytes(), size)), events(&whole));
    }
}
