//! Windows event log files (EVTX).

use std::sync::Arc;

use evtx::{EvtxChunkData, ParserSettings};

use crate::Format;
use crate::builder::{At, Builder};
use crate::xml;

const FILE_HEADER: usize = 4096;
const CHUNK: usize = 65_536;
/// Chunks decoded together: enough events for a batch, few enough to share a file among threads.
const CHUNKS_A_PIECE: usize = 16;

/// Where to cut a file into pieces.
pub(crate) fn cuts(bytes: &[u8]) -> Vec<(usize, usize)> {
    let first = if bytes.starts_with(b"ElfFile\0") {
        FILE_HEADER
    } else {
        0
    };
    let starts = (first..bytes.len()).step_by(CHUNK * CHUNKS_A_PIECE);
    starts
        .map(|start| (start, (start + CHUNK * CHUNKS_A_PIECE).min(bytes.len())))
        .collect()
}

/// Decode chunks that stand at `offset` of their file.
pub(crate) fn read(bytes: &[u8], offset: usize, builder: &mut Builder<'_>) {
    let settings = Arc::new(ParserSettings::default().indent(false));
    for (index, chunk) in bytes.chunks(CHUNK).enumerate() {
        if chunk.iter().all(|byte| *byte == 0) {
            continue;
        }
        let at = At {
            offset: (offset + index * CHUNK) as u64,
            record: 0,
        };
        let mut data = match EvtxChunkData::new(chunk.to_vec(), false) {
            Ok(data) => data,
            Err(error) => {
                builder.set_aside(at, error.to_string());
                continue;
            }
        };
        let mut parsed = match data.parse(Arc::clone(&settings)) {
            Ok(parsed) => parsed,
            Err(error) => {
                builder.set_aside(at, error.to_string());
                continue;
            }
        };
        for record in parsed.iter() {
            match record.and_then(|record| record.into_xml()) {
                Ok(record) => {
                    let at = At {
                        record: record.event_record_id,
                        ..at
                    };
                    builder.begin(Format::Evtx, at);
                    let start = record.data.find("<Event").unwrap_or(0);
                    if let Err(error) = xml::read_event(&record.data, start, builder) {
                        builder.abandon();
                        builder.set_aside(at, error.reason);
                        continue;
                    }
                    builder.raw(record.data.get(start..).unwrap_or(""));
                    builder.end();
                }
                Err(error) => builder.set_aside(at, error.to_string()),
            }
        }
    }
}
