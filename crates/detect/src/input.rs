//! Logs from paths to tables: read, open archives, decode and normalise in parallel, deliver in order.

mod open;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use event::{DecodeOptions, Decoder, EventBatch, Limits, Metadata, Piece, SetAside};
use lake::LakeError;
use normalize::{Needs, Normalized, Normalizer};
use rayon::prelude::*;

use crate::files::{FileError, walk};
use crate::sink::{Keep, Prepare, Source};
use open::{Buffers, Fingerprint, Member, Opened, Opener};

/// What files become on the way.
pub struct Reading<'r, P> {
    /// The packs.
    pub normalizer: &'r Normalizer,
    /// How to read.
    pub options: &'r InputOptions,
    /// What makes rows of events.
    pub prepare: &'r P,
}

/// How to read.
#[derive(Debug, Clone, Default)]
pub struct InputOptions {
    /// What the searches to come will read.
    pub needs: Needs,
    /// Caps on what archives may unpack to.
    pub limits: Limits,
    /// What is known of all events: their sourcetype, source, host.
    pub metadata: Option<Metadata>,
}

/// Why reading stopped altogether. What concerns one file only is a [`SetAside`] in the report.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// A path named by the user is not there.
    #[error(transparent)]
    Path(#[from] FileError),
    /// The rows could not be kept.
    #[error(transparent)]
    Keep(#[from] LakeError),
}

/// What was read, and what was not.
#[derive(Debug, Default, Clone)]
pub struct InputReport {
    /// Files with content, members of archives counted each, duplicates left out.
    pub files: u64,
    /// Files whose content had been read before under another name.
    pub duplicates: u64,
    /// Files without a byte.
    pub empty_files: u64,
    /// Bytes decoded, after decompression.
    pub bytes: u64,
    /// Events decoded; of a lake the rows of its tables.
    pub events: u64,
    /// Rows of a lake were read, not logs.
    pub from_lake: bool,
    /// What could not be read, in the order of the files.
    pub set_aside: Vec<SetAside>,
    /// Events by sourcetype.
    pub by_sourcetype: BTreeMap<String, u64>,
    /// Events that no pack recognised.
    pub unrecognized: u64,
    /// Events without a time.
    pub without_time: u64,
    /// Earliest and latest `_time`, in microseconds.
    pub time_range: Option<(i64, i64)>,
    /// Time spent reading and decoding, summed over threads.
    pub decode: Duration,
    /// Time spent normalising, summed over threads.
    pub normalize: Duration,
    /// Time spent making rows ready to be kept, summed over threads: for a scan, the shared scan.
    pub prepare: Duration,
}

/// What decoding gave.
struct Decoded<B> {
    batches: Vec<Result<B, LakeError>>,
    report: InputReport,
}

/// Files that are read together.
struct Group {
    members: Vec<Member>,
    /// What was noticed when they were opened.
    report: InputReport,
}

/// Members that are decoded into the same batches.
struct Unit<B> {
    /// Their places in the group.
    members: Range<usize>,
    pieces: Vec<Decoded<B>>,
}

/// A group of which the rows have been made.
struct Ready<B> {
    group: Group,
    units: Vec<Unit<B>>,
}

/// What the files go through, and where memory that was used before is.
struct Way<'w, P> {
    reading: &'w Reading<'w, P>,
    buffers: &'w Buffers,
}

impl<P> Clone for Way<'_, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P> Copy for Way<'_, P> {}

/// Small files up to this size together make one unit.
const UNIT_BYTES: usize = 6 << 20;

/// Read every file below the paths and keep its rows. `-` is stdin. `progress` is told of bytes read and of the total.
///
/// # Errors
/// A path that does not exist, or rows that cannot be kept. Damage inside files is reported, not an error.
pub fn read_inputs<P: Prepare, K: Keep<Batch = P::Batch>>(
    paths: &[PathBuf],
    reading: &Reading<'_, P>,
    keep: &mut K,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<InputReport, InputError> {
    let files = list(paths)?;
    let total = files.iter().map(|(_, size)| size).sum();
    let done = AtomicU64::new(0);
    let advance = |bytes: u64| progress(done.fetch_add(bytes, Ordering::Relaxed) + bytes, total);
    let mut report = InputReport::default();
    let mut seen = HashSet::new();
    let buffers = Buffers::default();
    let mut opener = Opener::new(&files, &reading.options.limits, &buffers, &advance);
    let mut next = opener.next().map(|opened| group(opened, &mut seen));
    let mut ready: Option<Ready<P::Batch>> = None;
    // While one group is decoded, the one before it is kept and the one after it is opened.
    while next.is_some() || ready.is_some() {
        let current = next.take();
        let before = ready.take();
        let (units, (kept, opened)) = rayon::join(
            || current.as_ref().map(|group| decode_all(&group.members, K::BY_FILE, Way { reading, buffers: &buffers })),
            || {
                let keep = || before.map_or(Ok(()), |before| accept(before, &buffers, &mut report, &mut *keep));
                rayon::join(keep, || opener.next())
            },
        );
        kept?;
        ready = current.zip(units).map(|(group, units)| Ready { group, units });
        next = opened.map(|opened| group(opened, &mut seen));
    }
    Ok(report)
}

/// The members whose content is new.
fn group(opened: Vec<Opened>, seen: &mut HashSet<Fingerprint>) -> Group {
    let mut group = Group { members: Vec::new(), report: InputReport::default() };
    for one in opened {
        group.report.set_aside.extend(one.set_aside);
        group.report.empty_files += one.empty_files;
        group.report.decode += one.spent;
        for member in one.members {
            if seen.insert(member.fingerprint) {
                group.members.push(member);
            } else {
                group.report.duplicates += u64::from(member.begins_file());
            }
        }
    }
    group
}

fn decode_all<P: Prepare>(members: &[Member], by_file: bool, way: Way<'_, P>) -> Vec<Unit<P::Batch>> {
    let units = units(members, by_file).into_par_iter().map(|places| {
        let pieces = match members.get(places.clone()).unwrap_or(&[]) {
            // Large files are cut, so that threads share one file as well as many.
            [member] => pieces(member).par_iter().map(|piece| decode([(&member.name, piece)], way)).collect(),
            small => {
                let pieces: Vec<(&Arc<str>, Vec<Piece<'_>>)> =
                    small.iter().map(|member| (&member.name, pieces(member))).collect();
                vec![decode(pieces.iter().flat_map(|(name, pieces)| pieces.iter().map(|piece| (*name, piece))), way)]
            }
        };
        Unit { members: places, pieces }
    });
    units.collect()
}

/// Where units begin and end. It depends on the members alone, so that the same files give the same batches.
fn units(members: &[Member], by_file: bool) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::new();
    let mut bytes = 0;
    for (at, member) in members.iter().enumerate() {
        bytes += member.bytes.len();
        match units.last_mut().filter(|_| !by_file && bytes <= UNIT_BYTES) {
            Some(unit) => unit.end = at + 1,
            None => {
                units.push(at..at + 1);
                bytes = member.bytes.len();
            }
        }
    }
    units
}

/// What can be decoded apart.
fn pieces(member: &Member) -> Vec<Piece<'_>> {
    match member.segment {
        Some((how, origin)) => how.split(&member.bytes, origin),
        None => event::split(&member.bytes),
    }
}

/// Keep the rows of a group's files, in the order of the files.
fn accept<K: Keep>(
    Ready { group, units }: Ready<K::Batch>,
    buffers: &Buffers,
    report: &mut InputReport,
    keep: &mut K,
) -> Result<(), LakeError> {
    report.absorb(group.report);
    for unit in units {
        let members = group.members.get(unit.members).unwrap_or(&[]);
        report.files += members.iter().map(|member| u64::from(member.begins_file())).sum::<u64>();
        report.bytes += members.iter().map(|member| member.bytes.len() as u64).sum::<u64>();
        let mut batches = Vec::new();
        for piece in unit.pieces {
            report.absorb(piece.report);
            for batch in piece.batches {
                batches.push(batch?);
            }
        }
        if let Some(first) = members.first() {
            keep.keep(&|| first.hash(), batches)?;
        }
    }
    group.members.into_iter().for_each(|member| buffers.give(member.bytes));
    Ok(())
}

/// The files below the paths with their sizes, each once, in the order of the paths and sorted within each.
fn list(paths: &[PathBuf]) -> Result<Vec<(PathBuf, u64)>, FileError> {
    let mut known = HashSet::new();
    let mut files = Vec::new();
    for path in paths {
        let found = if path.as_os_str() == "-" { vec![path.clone()] } else { walk(path)? };
        for file in found {
            if known.insert(file.clone()) {
                let size = fs::metadata(&file).map_or(0, |meta| meta.len());
                files.push((file, size));
            }
        }
    }
    Ok(files)
}

/// Decode pieces into the same batches, and make rows of them.
fn decode<'p, P: Prepare>(
    pieces: impl IntoIterator<Item = (&'p Arc<str>, &'p Piece<'p>)>,
    Way { reading, buffers }: Way<'_, P>,
) -> Decoded<P::Batch> {
    let Reading { normalizer, options, prepare } = *reading;
    let mut decoded = Decoded { batches: Vec::new(), report: InputReport::default() };
    let start = Instant::now();
    let wants_raw = options.needs.events.is_some() || !options.needs.with_raw.is_empty();
    let decode_options = DecodeOptions {
        raw: wants_raw,
        carriers: normalizer.carriers(),
        metadata: options.metadata.clone(),
        ..DecodeOptions::default()
    };
    let (mut normalizing, mut preparing) = (Duration::ZERO, Duration::ZERO);
    let mut sink = |mut batch: EventBatch| {
        let start = Instant::now();
        normalizer.extract(&mut batch);
        let prepared = prepare.prepare(&Source { batch: &batch, normalizer, needs: &options.needs });
        let spent = start.elapsed();
        match prepared {
            Ok(prepared) => {
                preparing += prepared.spent;
                normalizing += spent.saturating_sub(prepared.spent);
                decoded.report.count(&mut batch, &prepared.normalized);
                decoded.batches.push(Ok(prepared.rows));
            }
            Err(error) => decoded.batches.push(Err(error)),
        }
        buffers.give_batch(batch);
    };
    let mut decoder = Decoder::new(&decode_options, &mut sink).with_memory(buffers.batch());
    for (file, piece) in pieces {
        decoder.piece(file, piece);
    }
    decoder.finish();
    decoded.report.normalize = normalizing;
    decoded.report.prepare = preparing;
    decoded.report.decode = start.elapsed().saturating_sub(normalizing).saturating_sub(preparing);
    decoded
}

impl InputReport {
    fn count(&mut self, batch: &mut EventBatch, normalized: &Normalized) {
        self.events += batch.events.len() as u64;
        self.set_aside.append(&mut batch.set_aside);
        self.unrecognized += normalized.unrecognized;
        self.without_time += normalized.without_time;
        self.widen(normalized.time_range);
        for (sourcetype, count) in &normalized.by_sourcetype {
            *self.by_sourcetype.entry(sourcetype.clone()).or_default() += count;
        }
    }

    fn widen(&mut self, other: Option<(i64, i64)>) {
        self.time_range = match (self.time_range, other) {
            (Some((first, last)), Some((other_first, other_last))) => {
                Some((first.min(other_first), last.max(other_last)))
            }
            (range, None) | (None, range) => range,
        };
    }

    fn absorb(&mut self, other: Self) {
        self.duplicates += other.duplicates;
        self.empty_files += other.empty_files;
        self.events += other.events;
        self.set_aside.extend(other.set_aside);
        self.unrecognized += other.unrecognized;
        self.without_time += other.without_time;
        self.widen(other.time_range);
        for (sourcetype, count) in other.by_sourcetype {
            *self.by_sourcetype.entry(sourcetype).or_default() += count;
        }
        self.decode += other.decode;
        self.normalize += other.normalize;
        self.prepare += other.prepare;
    }
}
