//! Copies of recorded logs that are other logs: times moved, hosts renamed, so that group-bys do not collapse.
//!
//! Every copy has the size of its original: times and names are written over in place, in EVTX with the checksums made anew.
//! Copy 0 is the original.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use event::DecodeOptions;

/// 100 ns ticks in a second, the unit of FILETIME.
const TICKS: i64 = 10_000_000;
/// Values this near to a record's time are times: an hour.
const NEAR: u64 = 36_000_000_000;
const CHUNK: usize = 65_536;
const FILE_HEADER: usize = 4_096;
const CHUNK_HEADER: usize = 512;

/// Write `times` copies of each log below `out`, a folder a copy.
pub(crate) fn run(logs: &[(Arc<str>, Vec<u8>)], times: u32, out: &Path) -> anyhow::Result<()> {
    for copy in 0..times {
        let folder = out.join(format!("{copy:04}"));
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    for (number, (name, bytes)) in logs.iter().enumerate() {
        let hosts = hosts(name, bytes);
        let stem =
            Path::new(&**name).file_name().map_or_else(|| name.to_string(), |stem| stem.to_string_lossy().into_owned());
        for copy in 0..times {
            let path: PathBuf = out.join(format!("{copy:04}")).join(format!("{number:03}-{stem}"));
            fs::write(&path, copied(bytes, &hosts, copy))
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(())
}

/// One copy, an hour later than the one before.
pub(crate) fn copied(bytes: &[u8], hosts: &BTreeSet<String>, copy: u32) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if copy == 0 {
        return bytes;
    }
    let seconds = i64::from(copy) * 3_600;
    if bytes.starts_with(b"ElfFile\0") {
        for chunk in bytes.get_mut(FILE_HEADER..).unwrap_or_default().chunks_mut(CHUNK) {
            if chunk.starts_with(b"ElfChnk\0") && chunk.len() == CHUNK {
                move_records(chunk, seconds);
                move_dates(chunk, 2, seconds);
                hosts.iter().for_each(|host| rename(chunk, host, 2, copy));
                check_sums(chunk);
            }
        }
    } else {
        move_dates(&mut bytes, 1, seconds);
        hosts.iter().for_each(|host| rename(&mut bytes, host, 1, copy));
    }
    bytes
}

/// The names of the hosts that a log is from.
pub(crate) fn hosts(name: &Arc<str>, bytes: &[u8]) -> BTreeSet<String> {
    let mut hosts = BTreeSet::new();
    event::decode(name, bytes, &DecodeOptions::default(), &mut |batch| {
        for event in &batch.events {
            for (field, value) in batch.fields_of(event) {
                if ["Computer", "Hostname", "hostname", "host"].contains(&batch.names.name(field)) && value.len() > 3 {
                    hosts.insert(value.to_owned());
                }
            }
        }
    });
    hosts
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn put(bytes: &mut [u8], at: usize, value: &[u8]) {
    if let Some(place) = bytes.get_mut(at..at + value.len()) {
        place.copy_from_slice(value);
    }
}

/// Times in binary: a record's own, and every value in it that is near to it.
fn move_records(chunk: &mut [u8], seconds: i64) {
    let mut at = CHUNK_HEADER;
    let mut last = 0;
    while let (Some(0x2a2a), Some(size), Some(time)) =
        (u32_at(chunk, at), u32_at(chunk, at + 4), u64_at(chunk, at + 16))
    {
        let size = size as usize;
        // Some records do not know when they were written.
        let time = if time < NEAR { last } else { time };
        last = time;
        if size < 28 || at + size > chunk.len() {
            return;
        }
        let mut place = at + 16;
        while place + 8 <= at + size {
            match u64_at(chunk, place) {
                Some(value) if value > NEAR && value.abs_diff(time) < NEAR => {
                    let moved = value.saturating_add_signed(seconds * TICKS);
                    put(chunk, place, &moved.to_le_bytes());
                    place += 8;
                }
                _ => place += 1,
            }
        }
        at += size;
    }
}

/// Times in text: `2020-09-12 10:11:12`, in characters of `width` bytes.
fn move_dates(bytes: &mut [u8], width: usize, seconds: i64) {
    const LENGTH: usize = 19;
    let mut at = 0;
    while at + LENGTH * width <= bytes.len() {
        let Some(text) = date_at(bytes, at, width) else {
            at += 1;
            continue;
        };
        let separator = text.get(10..11).unwrap_or(" ").to_owned();
        let parsed = text.replace(' ', "T").parse::<jiff::civil::DateTime>();
        let moved = parsed.ok().and_then(|time| time.checked_add(jiff::SignedDuration::from_secs(seconds)).ok());
        if let Some(moved) = moved {
            let text = moved.strftime(&format!("%Y-%m-%d{separator}%H:%M:%S")).to_string();
            for (place, byte) in text.bytes().enumerate() {
                put(bytes, at + place * width, &[byte]);
            }
        }
        at += LENGTH * width;
    }
}

fn date_at(bytes: &[u8], at: usize, width: usize) -> Option<String> {
    const FORM: &[u8; 19] = b"dddd-dd-ddTdd:dd:dd";
    let mut text = String::new();
    for (place, form) in FORM.iter().enumerate() {
        let byte = *bytes.get(at + place * width)?;
        let fits = match form {
            b'd' => byte.is_ascii_digit(),
            b'T' => byte == b'T' || byte == b' ',
            other => byte == *other,
        };
        if !fits || (width == 2 && *bytes.get(at + place * width + 1)? != 0) {
            return None;
        }
        text.push(char::from(byte));
    }
    Some(text)
}

/// The end of the name's first label becomes the copy's number.
fn rename(bytes: &mut [u8], host: &str, width: usize, copy: u32) {
    let label = host.split('.').next().unwrap_or(host);
    let digits = format!("{copy:03}");
    let kept = label.len().saturating_sub(digits.len());
    let wide = |text: &str| -> Vec<u8> {
        text.bytes().flat_map(|byte| std::iter::once(byte).chain(std::iter::repeat_n(0, width - 1))).collect()
    };
    if !label.is_ascii() || kept == 0 {
        return;
    }
    let (name, digits) = (wide(label), wide(&digits));
    let places: Vec<usize> = memchr::memmem::find_iter(bytes, &name).collect();
    places.into_iter().for_each(|place| put(bytes, place + kept * width, &digits));
}

/// The checksums of a chunk: of its records, then of its header.
fn check_sums(chunk: &mut [u8]) {
    let end = u32_at(chunk, 48).map_or(CHUNK, |end| end as usize);
    let records = crc32(chunk.get(CHUNK_HEADER..end).unwrap_or_default());
    put(chunk, 52, &records.to_le_bytes());
    let header = [chunk.get(..120).unwrap_or_default(), chunk.get(128..CHUNK_HEADER).unwrap_or_default()].concat();
    put(chunk, 124, &crc32(&header).to_le_bytes());
}

/// CRC-32 as in ISO 3309. Bit by bit: a crate for it would change what the rest of the workspace is built with.
fn crc32(bytes: &[u8]) -> u32 {
    const POLYNOMIAL: u32 = 0xedb8_8320;
    !bytes.iter().fold(!0, |sum: u32, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (POLYNOMIAL & (sum & 1).wrapping_neg()))
    })
}
