//! EVTX files: a header of 4 KiB, then chunks of 64 KiB, each with templates and records of its own.
//!
//! Records are rendered to XML by the `evtx` crate and read like any other Windows event, so an event has the same
//! fields from EVTX and from XML. Chunks are independent: groups of them are decoded in parallel and delivered in file order.

use std::sync::Arc;

use evtx::{EvtxChunkData, ParserSettings};
use rayon::prelude::*;

use crate::builder::{Builder, DecodeOptions};
use crate::{EventBatch, Format, Place, SetAside, winxml};

/// The first bytes of a file.
pub(crate) const FILE_MAGIC: &[u8] = b"ElfFile\0";
const CHUNK_MAGIC: &[u8] = b"ElfChnk\0";
const FILE_HEADER: usize = 4096;
const CHUNK: usize = 65_536;
/// Chunks that one task decodes: about a thousand events, enough to make batches worth their overhead.
const CHUNKS_A_TASK: usize = 16;
/// Tasks in flight before their batches are delivered.
const TASKS_A_ROUND: usize = 16;

/// A chunk and where it stands in the file.
struct Slot<'a> {
    bytes: &'a [u8],
    number: usize,
}

impl Slot<'_> {
    fn offset(&self) -> u64 {
        (FILE_HEADER + self.number * CHUNK) as u64
    }
}

/// Decode a whole file.
pub(crate) fn decode(file: &Arc<str>, bytes: &[u8], options: &DecodeOptions, sink: &mut dyn FnMut(EventBatch)) {
    let body = bytes.get(FILE_HEADER..).unwrap_or(&[]);
    // Windows allocates chunks ahead: one of zeros was never written.
    let slots: Vec<Slot<'_>> = body
        .chunks(CHUNK)
        .enumerate()
        .map(|(number, bytes)| Slot { bytes, number })
        .filter(|slot| slot.bytes.iter().any(|byte| *byte != 0))
        .collect();
    if bytes.len() < FILE_HEADER {
        let mut batch = EventBatch::new(Arc::clone(file), Format::Evtx);
        let reason = format!("truncated: an EVTX header has {FILE_HEADER} bytes, the file has {}", bytes.len());
        batch.set_aside.push(SetAside { place: Place { file: Arc::clone(file), offset: 0, record: None }, reason });
        sink(batch);
    }
    let settings = Arc::new(ParserSettings::new().indent(false));
    for round in slots.chunks(CHUNKS_A_TASK * TASKS_A_ROUND) {
        let decoded: Vec<Vec<EventBatch>> =
            round.par_chunks(CHUNKS_A_TASK).map(|task| decode_task(file, task, &settings, *options)).collect();
        decoded.into_iter().flatten().for_each(&mut *sink);
    }
}

fn decode_task(file: &Arc<str>, slots: &[Slot<'_>], settings: &Arc<ParserSettings>, options: DecodeOptions) -> Vec<EventBatch> {
    let mut batches = Vec::new();
    let mut keep = |batch| batches.push(batch);
    let mut builder = Builder::new(Arc::clone(file), Format::Evtx, options, &mut keep);
    for slot in slots {
        decode_chunk(slot, settings, options.raw, &mut builder);
    }
    drop(builder);
    batches
}

fn decode_chunk(slot: &Slot<'_>, settings: &Arc<ParserSettings>, raw: bool, builder: &mut Builder<'_>) {
    if !slot.bytes.starts_with(CHUNK_MAGIC) {
        return builder.set_aside(slot.offset(), None, "not an EVTX chunk: 64 KiB that do not begin with ElfChnk");
    }
    let mut bytes = slot.bytes.to_vec();
    if bytes.len() < CHUNK {
        // The records before the cut can still be read.
        let reason = format!("truncated: the last chunk has {} of {CHUNK} bytes", bytes.len());
        builder.set_aside(slot.offset(), None, reason);
        bytes.resize(CHUNK, 0);
    }
    let parsed = EvtxChunkData::new(bytes, false);
    let mut data = match parsed {
        Ok(data) => data,
        Err(error) => return builder.set_aside(slot.offset(), None, format!("damaged chunk: {}", one_line(&error))),
    };
    data.number = Some(slot.number as u64);
    let mut chunk = match data.parse(Arc::clone(settings)) {
        Ok(chunk) => chunk,
        Err(error) => return builder.set_aside(slot.offset(), None, format!("damaged chunk: {}", one_line(&error))),
    };
    for record in chunk.iter() {
        match record {
            Err(error) => builder.set_aside(slot.offset(), None, format!("damaged record: {}", one_line(&error))),
            Ok(record) => {
                let offset = slot.offset() + record.binxml_offset;
                let id = record.event_record_id;
                match record.into_xml_bytes() {
                    Err(error) => builder.set_aside(offset, Some(id), format!("damaged record: {}", one_line(&error))),
                    Ok(rendered) => decode_record(&rendered.data, offset, id, raw, builder),
                }
            }
        }
    }
}

fn decode_record(rendered: &[u8], offset: u64, id: u64, raw: bool, builder: &mut Builder<'_>) {
    builder.begin(offset, id);
    let Ok(xml) = std::str::from_utf8(rendered) else {
        return builder.abandon("the record's text is not UTF-8");
    };
    let xml = element_of(xml);
    match winxml::decode_fields(xml, builder) {
        Err(reason) => builder.abandon(reason),
        Ok(()) => {
            if raw {
                builder.raw(&single_quoted(xml));
            }
            builder.end();
        }
    }
}

/// The `<Event>` element without the XML declaration before it.
fn element_of(xml: &str) -> &str {
    let start = memchr::memmem::find(xml.as_bytes(), b"<Event").unwrap_or(0);
    xml.get(start..).unwrap_or(xml).trim_end()
}

/// Splunk's `renderXml` has attributes in single quotes.
fn single_quoted(xml: &str) -> String {
    let mut in_tag = false;
    let mut in_value = false;
    xml.chars()
        .map(|character| {
            match character {
                '<' => in_tag = true,
                '>' if !in_value => in_tag = false,
                '"' if in_tag => {
                    in_value = !in_value;
                    return '\'';
                }
                _ => {}
            }
            character
        })
        .collect()
}

/// An error with its causes, on one line.
fn one_line(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let text = inner.to_string();
        if !line.contains(&text) {
            line.push_str(": ");
            line.push_str(&text);
        }
        cause = inner.source();
    }
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
