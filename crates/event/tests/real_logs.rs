//! Real logs: every event is found, and none is read twice. Needs `WEIR_DATA`.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test's helpers may panic, and say what they skip")]

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use event::{DecodeOptions, EventBatch, Format, Limits, Member, SetAside};

/// The folder of real logs, or `None` with a word about it.
fn data() -> Option<PathBuf> {
    let data = std::env::var_os("WEIR_DATA").map(PathBuf::from);
    if data.is_none() {
        eprintln!("skipped: WEIR_DATA is not set");
    }
    data
}

fn files(root: &Path, found: &mut Vec<PathBuf>) {
    if root.is_file() {
        found.push(root.to_owned());
        return;
    }
    let mut entries: Vec<PathBuf> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        files(&entry, found);
    }
}

/// Every member below a folder whose content is new.
fn members(root: &Path, mut each: impl FnMut(Member)) -> Vec<SetAside> {
    let mut paths = Vec::new();
    files(root, &mut paths);
    let mut seen = HashSet::new();
    let mut set_aside = Vec::new();
    for path in paths {
        let bytes = std::fs::read(&path).unwrap();
        let more = event::open_container(&path.display().to_string(), bytes, &Limits::default(), &mut |member| {
            if seen.insert(event::content_hash(&member.bytes)) {
                each(member);
            }
        });
        set_aside.extend(more);
    }
    set_aside
}

fn decode(member: &Member, options: &DecodeOptions) -> Vec<EventBatch> {
    let mut batches = Vec::new();
    event::decode(&member.name, &member.bytes, options, &mut |batch| batches.push(batch));
    batches
}

/// Events by form below a folder, and what was set aside.
fn count(root: &Path, wanted: impl Fn(&str) -> bool) -> (BTreeMap<Format, usize>, Vec<SetAside>) {
    let mut counts = BTreeMap::new();
    let mut set_aside = Vec::new();
    let refused = members(root, |member| {
        if wanted(&member.name) {
            for batch in decode(&member, &DecodeOptions::default()) {
                batch.events.iter().for_each(|event| *counts.entry(event.format).or_default() += 1);
                set_aside.extend(batch.set_aside);
            }
        }
    });
    set_aside.extend(refused);
    (counts, set_aside)
}

fn check(folder: &str, wanted: impl Fn(&str) -> bool, expected: &[(Format, usize)]) {
    let Some(data) = data() else { return };
    let (counts, set_aside) = count(&data.join(folder), wanted);
    assert_eq!(set_aside, [], "{folder}");
    let counts: Vec<(Format, usize)> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    assert_eq!(counts, expected, "{folder}");
}

/// 8,255 records, of which seven are in files that are there twice.
#[test]
fn every_record_of_the_event_logs() {
    check("evtx", |_| true, &[(Format::Evtx, 8248)]);
}

/// 10,300 records, of which 1,284 are in files that are there twice.
#[test]
fn every_record_of_the_event_logs_in_zips() {
    check("attack_data", |name| name.contains(".zip!") && name.ends_with(".evtx"), &[(Format::Evtx, 9016)]);
}

#[test]
fn every_line_of_json_in_tar_gz() {
    check("attack_data", |name| name.contains(".tar.gz!"), &[(Format::Json, 25_184)]);
}

#[test]
fn xml_and_classic_events_in_one_file() {
    let expected = [(Format::WindowsEventXml, 40), (Format::ClassicWindowsEvent, 19)];
    check("attack_data/T1552.004", |_| true, &expected);
}

/// 178 rows, the first of them the header.
#[test]
fn every_row_of_csv() {
    check("attack_data/copilot_prompt_logs.csv", |_| true, &[(Format::Csv, 177)]);
}

/// Every event's fields, in order, and its time.
fn fields(batches: &[EventBatch]) -> Vec<(Option<i64>, Fields)> {
    let mut events = Vec::new();
    for batch in batches {
        for event in &batch.events {
            let fields = batch.fields_of(event).map(|(id, value)| (batch.names.name(id).to_owned(), value.to_owned()));
            events.push((event.time, fields.collect()));
        }
    }
    events
}

type Fields = Vec<(String, String)>;

/// The same events by record id (that crate reads the chunks of a log that went round from the oldest), with what the two
/// renderers spell differently made alike: GUIDs, which that crate writes in lower case.
fn by_record(events: &[(Option<i64>, Fields)]) -> Vec<(Option<i64>, Fields)> {
    let mut events = events.to_vec();
    for (_, fields) in &mut events {
        for (_, value) in fields.iter_mut().filter(|(_, value)| value.starts_with('{') && value.len() == 38) {
            value.make_ascii_uppercase();
        }
    }
    let record = |fields: &Fields| {
        fields.iter().find(|(name, _)| name == "EventRecordID").map(|(_, id)| id.parse::<u64>().unwrap())
    };
    events.sort_by_key(|(_, fields)| record(fields));
    events
}

fn first_difference<T: PartialEq + std::fmt::Debug>(left: &[T], right: &[T], name: &str) {
    assert_eq!(left.len(), right.len(), "{name}: number of events");
    for (at, (left, right)) in left.iter().zip(right).enumerate() {
        assert_eq!(left, right, "{name}: event {at}");
    }
}

/// An event gives equal fields from EVTX, from the XML that the crate `evtx` renders, and from our own `_raw`.
#[test]
fn the_same_event_from_evtx_and_from_xml() {
    let Some(data) = data() else { return };
    for folder in ["evtx", "attack_data"] {
        members(&data.join(folder), |member| {
            if event::detect(&member.bytes) != Some(Format::Evtx) {
                return;
            }
            let raw = DecodeOptions { raw: true, ..DecodeOptions::default() };
            let own = decode(&member, &raw);
            let own_fields = fields(&own);
            first_difference(&own_fields, &fields(&decode(&member, &DecodeOptions::default())), &member.name);

            let mut rendered = String::new();
            let settings = evtx::ParserSettings::default().indent(false).num_threads(1);
            let mut parser = evtx::EvtxParser::from_buffer(member.bytes.clone()).unwrap().with_configuration(settings);
            for record in parser.records() {
                rendered.push_str(&record.unwrap().data);
                rendered.push('\n');
            }
            let theirs = Member { name: member.name.clone(), bytes: rendered.into_bytes() };
            let theirs = fields(&decode(&theirs, &DecodeOptions::default()));
            first_difference(&by_record(&own_fields), &by_record(&theirs), &member.name);

            let mut text = String::new();
            for batch in &own {
                for event in &batch.events {
                    text.push_str(batch.text_of(event.raw));
                    text.push('\n');
                }
            }
            let again = Member { name: member.name.clone(), bytes: text.into_bytes() };
            first_difference(&own_fields, &fields(&decode(&again, &DecodeOptions::default())), &member.name);
        });
    }
}

/// Pieces decoded on any threads, in order, give the same batches, byte for byte.
#[test]
fn threads_do_not_change_the_batches() {
    use rayon::prelude::*;
    let Some(data) = data() else { return };
    let mut pieces_seen = 0;
    members(&data.join("attack_data"), |member| {
        let options = DecodeOptions { raw: true, ..DecodeOptions::default() };
        let pieces = event::split(&member.bytes);
        pieces_seen = pieces_seen.max(pieces.len());
        let decoded: Vec<Vec<EventBatch>> = pieces
            .par_iter()
            .map(|piece| {
                let mut batches = Vec::new();
                event::decode_piece(&member.name, piece, &options, &mut |batch| batches.push(batch));
                batches
            })
            .collect();
        let parallel: Vec<EventBatch> = decoded.into_iter().flatten().collect();
        let serial = decode(&member, &options);
        let bytes = |batches: &[EventBatch]| {
            batches.iter().map(|batch| (batch.text.clone(), batch.fields.clone())).collect::<Vec<_>>()
        };
        assert!(bytes(&parallel) == bytes(&serial), "{}", member.name);
        assert_eq!(fields(&parallel), fields(&serial), "{}", member.name);
    });
    assert!(pieces_seen > 1, "no log was cut");
}

/// A log cut off anywhere, or with a byte changed anywhere, is read without a panic, and what cannot be read is told.
#[test]
fn damaged_event_logs_are_accounted_for() {
    let Some(data) = data() else { return };
    let path = data.join("evtx/Execution/sysmon_exec_from_vss_persistence.evtx");
    let whole = std::fs::read(&path).unwrap();
    let read = |bytes: &[u8]| {
        let mut counts = (0, 0);
        event::decode(&"log".into(), bytes, &DecodeOptions::default(), &mut |batch| {
            counts.0 += batch.events.len();
            counts.1 += batch.set_aside.len();
        });
        counts
    };
    assert_eq!(read(&whole), (17, 0));
    for length in (8..whole.len()).step_by(509) {
        let (events, set_aside) = read(whole.get(..length).unwrap());
        assert!(events <= 17 && set_aside > 0, "{length} bytes: {events} events, {set_aside} set aside");
    }
    for at in (4096..whole.len().min(4096 + 65_536)).step_by(37) {
        let mut damaged = whole.clone();
        if let Some(byte) = damaged.get_mut(at) {
            *byte ^= 0x55;
        }
        let (events, set_aside) = read(&damaged);
        assert!(events + set_aside >= 1, "byte {at}: {events} events, {set_aside} set aside");
    }
}
