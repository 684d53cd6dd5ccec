//! Windows event log files (EVTX), straight from their BinXml to fields.
//!
//! A file is a header and chunks of 64 KiB; a chunk holds records, and the templates that its records share. The crate
//! `evtx` renders XML or JSON text, which would have to be read again; so the common case is read here, and a record that
//! this reader cannot make out is given to that crate, which knows more of what damaged files hold.

mod cursor;
mod fallback;
mod record;
mod template;
mod value;

use cursor::Cursor;
use fallback::Fallback;
use record::{CHUNK_BUDGET, Reader};
use template::Chunk;

use crate::Format;
use crate::builder::{At, Builder};

const FILE_HEADER: usize = 4096;
const CHUNK: usize = 65_536;
const CHUNK_HEADER: usize = 512;
const RECORD_HEADER: usize = 24;
/// Chunks decoded together: enough events for a batch, few enough to share a file among threads.
const CHUNKS_A_PIECE: usize = 16;
/// 100 ns from 1601 to 1970.
const UNIX_EPOCH: u64 = 116_444_736_000_000_000;

/// Where to cut a file into pieces. The first piece has the file's header.
pub(crate) fn cuts(bytes: &[u8]) -> Vec<(usize, usize)> {
    let header = header_length(bytes);
    let ends = (header..bytes.len())
        .step_by(CHUNK * CHUNKS_A_PIECE)
        .map(|start| (start + CHUNK * CHUNKS_A_PIECE).min(bytes.len()));
    let mut from = 0;
    let mut cuts: Vec<(usize, usize)> = ends.map(|end| (std::mem::replace(&mut from, end), end)).collect();
    if cuts.is_empty() {
        cuts.push((0, bytes.len()));
    }
    cuts
}

fn header_length(bytes: &[u8]) -> usize {
    if bytes.starts_with(b"ElfFile\0") { FILE_HEADER } else { 0 }
}

/// The bytes of the whole chunks of a segment that stands at an offset of its file.
pub(crate) fn whole_chunks(bytes: &[u8], offset: usize) -> usize {
    let header = if offset == 0 { header_length(bytes) } else { 0 };
    let chunks = bytes.len().saturating_sub(header) / CHUNK * CHUNK;
    if chunks == 0 { 0 } else { header + chunks }
}

/// What the header at the beginning of a file says that its length denies.
pub(crate) fn missing_chunks(bytes: &[u8], file_bytes: u64) -> Option<String> {
    if header_length(bytes) == 0 {
        return None;
    }
    if bytes.len() < FILE_HEADER {
        return Some(format!("truncated: a header of {} bytes", bytes.len()));
    }
    let announced = u64::from(Cursor::new(bytes, 42, bytes.len()).u16().unwrap_or(0));
    let there = file_bytes.saturating_sub(FILE_HEADER as u64).div_ceil(CHUNK as u64);
    (announced > there).then(|| format!("truncated: {announced} chunks announced, {there} there"))
}

/// Decode chunks that stand at `offset` of their file.
pub(crate) fn read(bytes: &[u8], offset: usize, builder: &mut Builder<'_>) {
    let skip = header_length(bytes).min(bytes.len());
    let chunks = bytes.get(skip..).unwrap_or(&[]);
    for (index, chunk) in chunks.chunks(CHUNK).enumerate() {
        let at = offset + skip + index * CHUNK;
        read_chunk(chunk, at, builder);
    }
}

fn read_chunk(bytes: &[u8], offset: usize, builder: &mut Builder<'_>) {
    let place = At { offset: offset as u64, record: 0 };
    if bytes.len() < CHUNK {
        builder.set_aside(place, format!("truncated: a chunk of {} bytes", bytes.len()));
    }
    if !bytes.starts_with(b"ElfChnk\0") {
        // Files grow by whole megabytes: chunks not yet used are zeros.
        if !is_blank(bytes) {
            builder.set_aside(place, "a damaged chunk: it does not begin with `ElfChnk`".to_owned());
        }
        return;
    }
    let Ok(records) = Records::new(bytes) else {
        return builder.set_aside(place, "a chunk without its header".to_owned());
    };
    let mut fallback = Fallback::new(bytes);
    let mut reader =
        Reader { chunk: Chunk::new(bytes), builder, xml: String::new(), has_time: false, budget: CHUNK_BUDGET };
    for found in records {
        match found {
            Ok(record) => read_record(&record, offset, &mut reader, &mut fallback),
            Err(at) => {
                let at = At { offset: (offset + at) as u64, record: 0 };
                reader.builder.set_aside(at, "a damaged record".to_owned());
            }
        }
    }
}

/// All zeros; in blocks, which the compiler turns to vector instructions.
fn is_blank(bytes: &[u8]) -> bool {
    bytes.chunks(256).all(|block| block.iter().fold(0, |all, byte| all | byte) == 0)
}

fn read_record(record: &Record, offset: usize, reader: &mut Reader<'_, '_, '_>, fallback: &mut Fallback<'_>) {
    let at = At { offset: (offset + record.start) as u64, record: record.id };
    reader.builder.begin(Format::Evtx, at);
    let mut outcome = reader.record(record.start + RECORD_HEADER, record.end - 4).map_err(str::to_owned);
    if let Err(reason) = outcome {
        reader.builder.abandon();
        reader.builder.begin(Format::Evtx, at);
        outcome = fallback.read(record.id, reader.builder).map_err(|more| format!("{reason}; {more}"));
    } else if !reader.has_time {
        // `TimeCreated` is missing: when the record was written is next best.
        let micros =
            i64::try_from(record.written).unwrap_or(i64::MAX).saturating_sub_unsigned(UNIX_EPOCH).div_euclid(10);
        reader.builder.time(micros);
    }
    match outcome {
        Ok(()) => reader.builder.end(),
        Err(reason) => {
            reader.builder.abandon();
            reader.builder.set_aside(at, format!("a damaged record: {reason}"));
        }
    }
}

/// A record's bounds in its chunk.
#[derive(Debug, Clone, Copy)]
struct Record {
    start: usize,
    end: usize,
    id: u64,
    written: u64,
}

/// The live records of a chunk, in order; `Err` is where something that is no record stands.
///
/// As Windows does, it stops at the free space or behind the last record that the header names: what lies behind is of
/// an earlier use of the chunk. Past damage it goes on at the next record whose two sizes agree.
struct Records<'c> {
    bytes: &'c [u8],
    pos: usize,
    end: usize,
    last: u64,
}

impl<'c> Records<'c> {
    fn new(bytes: &'c [u8]) -> Result<Self, cursor::Bad> {
        let mut header = Cursor::new(bytes, 32, CHUNK_HEADER);
        let last = header.u64()?;
        header.take(8)?;
        let free = header.u32()? as usize;
        Ok(Self { bytes, pos: CHUNK_HEADER, end: free.min(bytes.len()), last })
    }

    fn record_at(&self, start: usize) -> Option<Record> {
        let mut cursor = Cursor::new(self.bytes, start, self.bytes.len());
        if cursor.take(4).ok()? != b"**\0\0" {
            return None;
        }
        let size = cursor.u32().ok()? as usize;
        let (id, written) = (cursor.u64().ok()?, cursor.u64().ok()?);
        let end = start.checked_add(size).filter(|end| *end <= self.bytes.len() && size >= RECORD_HEADER + 4)?;
        Some(Record { start, end, id, written })
    }

    /// The next place where a record stands for sure.
    fn next_record(&self, from: usize) -> Option<usize> {
        let area = self.bytes.get(from..self.end)?;
        memchr::memmem::find_iter(area, b"**\0\0").map(|at| from + at).find(|at| {
            self.record_at(*at).is_some_and(|record| {
                let copy = Cursor::new(self.bytes, record.end - 4, record.end).u32();
                copy.is_ok_and(|size| size as usize == record.end - record.start)
            })
        })
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, usize>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.pos >= self.end {
            return None;
        }
        if let Some(record) = self.record_at(self.pos) {
            self.pos = if record.id == self.last { self.end } else { record.end };
            return Some(Ok(record));
        }
        let damage = self.pos;
        let next = self.next_record(damage + 1);
        let is_blank = self.bytes.get(damage..).unwrap_or(&[]).iter().take(4).all(|byte| *byte == 0);
        self.pos = next.unwrap_or(self.end);
        // Zeros to the end are free space that the header does not know of.
        if is_blank && next.is_none() { None } else { Some(Err(damage)) }
    }
}

#[cfg(test)]
mod tests;
