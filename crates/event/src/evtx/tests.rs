//! Event logs made by hand: what a template can ask for, and every kind of damage.

use crate::{DecodeOptions, EventBatch};

/// Writes a chunk, byte by byte.
struct Writer(Vec<u8>);

impl Writer {
    fn new() -> Self {
        let mut bytes = b"ElfChnk\0".to_vec();
        bytes.resize(super::CHUNK_HEADER, 0);
        Self(bytes)
    }

    fn u16(&mut self, number: u16) {
        self.0.extend(number.to_le_bytes());
    }

    fn u32(&mut self, number: usize) {
        self.0.extend(u32::try_from(number).unwrap().to_le_bytes());
    }

    fn name(&mut self, name: &str) {
        self.u32(self.0.len() + 4);
        self.0.extend([0; 6]);
        self.counted(name);
        self.u16(0);
    }

    fn counted(&mut self, text: &str) {
        let units: Vec<u16> = text.encode_utf16().collect();
        self.u16(u16::try_from(units.len()).unwrap());
        units.into_iter().for_each(|unit| self.u16(unit));
    }

    /// A start tag; a dependency where definitions have one.
    fn open(&mut self, name: &str, dependency: Option<u16>, attributes: bool) {
        self.0.push(if attributes { 0x41 } else { 0x01 });
        if let Some(dependency) = dependency {
            self.u16(dependency);
        }
        self.u32(0);
        self.name(name);
        if attributes {
            self.u32(0);
        }
    }

    fn text(&mut self, text: &str) {
        self.0.extend([0x05, 0x01]);
        self.counted(text);
    }

    fn attribute(&mut self, name: &str) {
        self.0.push(0x06);
        self.name(name);
    }

    fn slot(&mut self, id: u16, optional: bool) {
        self.0.push(if optional { 0x0e } else { 0x0d });
        self.u16(id);
        self.0.push(0x01);
    }

    fn tokens(&mut self, tokens: &[u8]) {
        self.0.extend(tokens);
    }

    /// An instance with its definition in place, which `body` writes.
    fn instance(&mut self, body: impl FnOnce(&mut Self), values: &[(u8, &[u8])]) {
        self.tokens(&[0x0f, 1, 1, 0, 0x0c, 1, 0, 0, 0, 0]);
        self.u32(self.0.len() + 4);
        self.tokens(&[0; 20]);
        let size = self.0.len();
        self.u32(0);
        self.tokens(&[0x0f, 1, 1, 0]);
        body(self);
        self.0.push(0);
        let length = u32::try_from(self.0.len() - size - 4).unwrap().to_le_bytes();
        self.0[size..size + 4].copy_from_slice(&length);
        self.values(values);
    }

    fn values(&mut self, values: &[(u8, &[u8])]) {
        self.u32(values.len());
        for (kind, bytes) in values {
            self.u16(u16::try_from(bytes.len()).unwrap());
            self.tokens(&[*kind, 0]);
        }
        values.iter().for_each(|(_, bytes)| self.tokens(bytes));
    }

    fn record(&mut self, id: u64, content: impl FnOnce(&mut Self)) {
        let start = self.0.len();
        self.tokens(b"**\0\0\0\0\0\0");
        self.0.extend(id.to_le_bytes());
        // 2021-01-14T23:41:40Z
        self.0.extend(132_551_413_000_000_000_u64.to_le_bytes());
        content(self);
        self.0.push(0);
        let size = u32::try_from(self.0.len() + 4 - start).unwrap().to_le_bytes();
        self.tokens(&size);
        self.0[start + 4..start + 8].copy_from_slice(&size);
    }

    /// The chunk, whose last record is `last`.
    fn chunk(mut self, last: u64) -> Vec<u8> {
        let free = u32::try_from(self.0.len()).unwrap().to_le_bytes();
        self.0[32..40].copy_from_slice(&last.to_le_bytes());
        self.0[48..52].copy_from_slice(&free);
        self.0.resize(super::CHUNK, 0);
        self.0
    }
}

/// `<Event><EventData>…</EventData></Event>` around `body`.
fn event(writer: &mut Writer, body: impl FnOnce(&mut Writer)) {
    for name in ["Event", "EventData"] {
        writer.open(name, Some(u16::MAX), false);
        writer.tokens(&[0x02]);
    }
    body(writer);
    writer.tokens(&[0x04, 0x04]);
}

fn data(writer: &mut Writer, name: &str, dependency: u16, content: impl FnOnce(&mut Writer)) {
    writer.open("Data", Some(dependency), true);
    writer.attribute("Name");
    writer.text(name);
    writer.tokens(&[0x02]);
    content(writer);
    writer.tokens(&[0x04]);
}

fn decode(bytes: &[u8]) -> Vec<EventBatch> {
    let mut batches = Vec::new();
    let options = DecodeOptions { raw: true, ..DecodeOptions::default() };
    crate::decode(&"log".into(), bytes, &options, &mut |batch| batches.push(batch));
    batches
}

/// One line an event: record, fields, raw; then what was set aside.
fn check(bytes: &[u8], expected: &[&str]) {
    let mut lines = Vec::new();
    for batch in decode(bytes) {
        for event in &batch.events {
            let fields: Vec<String> =
                batch.fields_of(event).map(|(id, value)| format!("{}={value}", batch.names.name(id))).collect();
            lines.push(format!("{} {} {}", event.record, fields.join("|"), batch.text_of(event.raw)));
        }
        lines.extend(batch.set_aside.iter().map(|aside| format!("! {} {}", aside.place.offset, aside.reason)));
    }
    assert_eq!(lines, expected);
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A chunk of records that say `a=<number>`.
fn simple(ids: &[u64], last: u64) -> Vec<u8> {
    let mut writer = Writer::new();
    for id in ids {
        let number = id.to_le_bytes();
        writer.record(*id, |writer| {
            writer.instance(
                |writer| event(writer, |writer| data(writer, "a", u16::MAX, |writer| writer.slot(0, false))),
                &[(0x0a, &number)],
            );
        });
    }
    writer.chunk(last)
}

#[test]
fn values_stand_where_the_template_says() {
    let mut writer = Writer::new();
    writer.record(7, |writer| {
        writer.instance(
            |writer| {
                event(writer, |writer| {
                    data(writer, "text", u16::MAX, |writer| writer.slot(0, false));
                    data(writer, "both", u16::MAX, |writer| {
                        writer.text("<");
                        writer.slot(1, true);
                        writer.tokens(&[0x08, b'!', 0]);
                    });
                    data(writer, "empty", u16::MAX, |writer| writer.slot(2, true));
                    data(writer, "left out", 2, |writer| writer.text("x"));
                    data(writer, "list", u16::MAX, |writer| writer.slot(3, false));
                    writer.open("Inner", Some(u16::MAX), true);
                    writer.attribute("Missing");
                    writer.slot(2, true);
                    writer.tokens(&[0x03]);
                });
            },
            &[(0x01, &utf16("it's \"é\" & so")), (0x08, &[5, 0, 0, 0]), (0x00, &[]), (0x81, &utf16("x\0y\0"))],
        );
    });
    check(
        &writer.chunk(7),
        &[
            "7 text=it's \"é\" & so|both=<5!|list=x|list=y <Event><EventData><Data Name='text'>it's \"é\" &amp; so</Data>\
           <Data Name='both'>&lt;5!</Data><Data Name='empty'></Data><Data Name='list'>x</Data><Data Name='list'>y</Data><Inner/></EventData></Event>",
        ],
    );
}

#[test]
fn embedded_fragments_are_part_of_the_event() {
    // What stands in the value is written first, so that its own offsets are right.
    let mut writer = Writer::new();
    writer.record(1, |writer| {
        let body = |writer: &mut Writer| {
            writer.open("Event", Some(u16::MAX), false);
            writer.tokens(&[0x02]);
            writer.slot(0, true);
            writer.tokens(&[0x04]);
        };
        writer.instance(body, &[]);
        // The value count and the descriptor, then the fragment in place.
        let count = writer.0.len() - 4;
        writer.0[count] = 1;
        let descriptor = writer.0.len();
        writer.tokens(&[0, 0, 0x21, 0]);
        let start = writer.0.len();
        writer.instance(
            |writer| {
                writer.open("UserData", Some(u16::MAX), false);
                writer.tokens(&[0x02]);
                writer.open("Name", Some(u16::MAX), false);
                writer.tokens(&[0x02]);
                writer.text("Ada");
                writer.tokens(&[0x04, 0x04]);
            },
            &[],
        );
        let length = u16::try_from(writer.0.len() - start).unwrap().to_le_bytes();
        writer.0[descriptor..descriptor + 2].copy_from_slice(&length);
    });
    check(&writer.chunk(1), &["1 Name=Ada <Event><UserData><Name>Ada</Name></UserData></Event>"]);
}

#[test]
fn the_time_is_the_record_s_where_the_event_has_none() {
    let batches = decode(&simple(&[1], 1));
    assert_eq!(batches[0].events[0].time, Some(1_610_667_700_000_000));
}

fn record(id: u64) -> String {
    format!("{id} a={id} <Event><EventData><Data Name='a'>{id}</Data></EventData></Event>")
}

#[test]
fn records_behind_the_last_are_of_an_earlier_use() {
    check(&simple(&[1, 2, 3], 2), &[&record(1), &record(2)]);
    check(&simple(&[], 0), &[]);
}

#[test]
fn past_damage_the_next_record_is_read() {
    let mut chunk = simple(&[1, 2, 3], 3);
    let second = memchr::memmem::find_iter(&chunk, b"**\0\0").nth(1).unwrap();
    let whole = chunk.clone();
    chunk[second] = b'x';
    check(&chunk, &[&record(1), &record(3), &format!("! {second} a damaged record")]);
    // A size that reaches out of the chunk.
    chunk.copy_from_slice(&whole);
    chunk[second + 6] = 0xff;
    check(&chunk, &[&record(1), &record(3), &format!("! {second} a damaged record")]);
    // A token that does not exist.
    chunk.copy_from_slice(&whole);
    chunk[second + 24] = 0x77;
    let reason = "a damaged record: an unknown BinXml token; no other reader can make it out";
    check(&chunk, &[&record(1), &record(3), &format!("! {second} {reason}")]);
}

#[test]
fn truncated_files_say_so() {
    let chunk = simple(&[1, 2], 2);
    let mut file = b"ElfFile\0".to_vec();
    file.resize(super::FILE_HEADER, 0);
    file[42] = 2;
    file.extend(&chunk);
    check(&file, &[&record(1), &record(2), "! 0 truncated: 2 chunks announced, 1 there"]);
    file[42] = 1;
    file.truncate(super::FILE_HEADER + 800);
    let reason = "! 4096 truncated: a chunk of 800 bytes";
    check(&file, &[&record(1), reason, "! 4838 a damaged record"]);
    file.truncate(super::FILE_HEADER);
    file[42] = 0;
    check(&file, &[]);
    file.truncate(100);
    check(&file, &["! 0 truncated: a header of 100 bytes"]);
}

#[test]
fn a_damaged_chunk_is_set_aside_and_the_next_is_read() {
    let mut file = simple(&[1], 1);
    file.extend(simple(&[2], 2));
    file.extend(vec![0; super::CHUNK]);
    file.extend(simple(&[3], 3));
    file[super::CHUNK + 3] = b'x';
    check(&file, &[&record(1), &record(3), "! 65536 a damaged chunk: it does not begin with `ElfChnk`"]);
}

#[test]
fn a_chunk_cannot_unfold_without_end() {
    let mut writer = Writer::new();
    let long = vec![b'x'; 30_000];
    let body = |writer: &mut Writer| {
        event(writer, |writer| data(writer, "a", u16::MAX, |writer| (0..6000).for_each(|_| writer.slot(0, false))))
    };
    writer.record(1, |writer| writer.instance(body, &[(0x02, &long)]));
    let reason = "! 512 a damaged record: the chunk unfolds to too much; no other reader can make it out";
    let lines: Vec<String> = decode(&writer.chunk(1))
        .iter()
        .flat_map(|batch| &batch.set_aside)
        .map(|aside| format!("! {} {}", aside.place.offset, aside.reason))
        .collect();
    assert_eq!(lines, [reason]);
}

#[test]
fn pieces_cut_a_file_into_its_chunks() {
    let mut file = b"ElfFile\0".to_vec();
    file.resize(super::FILE_HEADER, 0);
    for id in 1..=40 {
        file.extend(simple(&[id], id));
    }
    assert_eq!(super::cuts(&file).len(), 3);
    assert_eq!(decode(&file).iter().map(|batch| batch.events.len()).collect::<Vec<_>>(), [16, 16, 8]);
}
