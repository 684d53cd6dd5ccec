//! Logs from paths to tables: read, open archives, decode and normalise in parallel, deliver in order.

mod open;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use event::{Columns, ContentHash, DecodeOptions, EventBatch, Limits, Metadata, Piece, SetAside};
use lake::LakeError;
use normalize::{Needs, Normalized, Normalizer, TableId};
use rayon::prelude::*;

use crate::files::{FileError, walk};
use open::{Buffers, Fingerprint, Member, Opened, Opener};

/// Takes the rows of the files, in the order of the files.
pub trait Sink: Send + Sync {
    /// Rows made ready to be kept.
    type Batch: Send;

    /// Make a batch's rows, ready to be kept. Called on many threads at once.
    ///
    /// # Errors
    /// When the rows cannot be kept.
    fn prepare(&self, source: &Source<'_>) -> Result<Prepared<Self::Batch>, LakeError>;

    /// Keep the rows of one file, or of a segment of it. `hash` gives what names its content, whatever it is called; it is dear.
    ///
    /// # Errors
    /// When the rows cannot be kept.
    fn accept(&mut self, hash: &dyn Fn() -> ContentHash, batches: Vec<Self::Batch>) -> Result<(), LakeError>;
}

/// A batch of events, and how its rows are made.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The events.
    pub batch: &'a EventBatch,
    /// The packs.
    pub normalizer: &'a Normalizer,
    /// What the searches to come will read.
    pub needs: &'a Needs,
}

/// Rows made ready.
pub struct Prepared<B> {
    /// What was counted; its tables have been taken out.
    pub normalized: Normalized,
    /// The rows.
    pub rows: B,
    /// Time spent beside normalising.
    pub spent: Duration,
}

impl Source<'_> {
    /// Every row of every table.
    pub fn everything(&self) -> Prepared<BTreeMap<TableId, Columns>> {
        let mut normalized = self.normalizer.normalize(self.batch, self.needs);
        let rows = std::mem::take(&mut normalized.tables);
        Prepared { normalized, rows, spent: Duration::ZERO }
    }
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

/// What decoding one piece of a member gave.
struct Decoded<B> {
    batches: Vec<Result<B, LakeError>>,
    report: InputReport,
}

/// Read every file below the paths into `sink`. `-` is stdin. `progress` is told of bytes read and of the total.
///
/// # Errors
/// A path that does not exist, or rows that cannot be kept. Damage inside files is reported, not an error.
pub fn read_inputs<S: Sink>(
    paths: &[PathBuf],
    normalizer: &Normalizer,
    options: &InputOptions,
    sink: &mut S,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<InputReport, InputError> {
    let files = list(paths)?;
    let total = files.iter().map(|(_, size)| size).sum();
    let done = AtomicU64::new(0);
    let advance = |bytes: u64| progress(done.fetch_add(bytes, Ordering::Relaxed) + bytes, total);
    let mut report = InputReport::default();
    let mut seen = HashSet::new();
    let buffers = Buffers::default();
    let mut opener = Opener::new(&files, &options.limits, &buffers, &advance);
    let mut opened = opener.next();
    while let Some(files) = opened.take() {
        let members = take_new(files, &mut seen, &mut report);
        // Large event logs are cut, so that threads share one file as well as many.
        let pieces: Vec<Vec<Piece<'_>>> = members.par_iter().map(pieces).collect();
        let ready = &*sink;
        let decoded: Vec<Vec<Decoded<S::Batch>>> = members
            .par_iter()
            .zip(&pieces)
            .map(|(member, pieces)| {
                let decode = |piece| decode(&member.name, piece, normalizer, options, ready);
                pieces.par_iter().map(decode).collect()
            })
            .collect();
        // Keeping goes file by file; the next files are read meanwhile.
        let (kept, more) = rayon::join(|| accept(&members, decoded, &mut report, &mut *sink), || opener.next());
        kept?;
        drop(pieces);
        members.into_iter().for_each(|member| buffers.give(member.bytes));
        opened = more;
    }
    Ok(report)
}

/// What can be decoded apart.
fn pieces(member: &Member) -> Vec<Piece<'_>> {
    match member.segment {
        Some((how, origin)) => how.split(&member.bytes, origin),
        None => event::split(&member.bytes),
    }
}

/// Hand the rows of a group's files over, in the order of the files.
fn accept<S: Sink>(
    members: &[Member],
    decoded: Vec<Vec<Decoded<S::Batch>>>,
    report: &mut InputReport,
    sink: &mut S,
) -> Result<(), LakeError> {
    for (member, decoded) in members.iter().zip(decoded) {
        report.files += u64::from(member.begins_file());
        report.bytes += member.bytes.len() as u64;
        let mut batches = Vec::new();
        for piece in decoded {
            report.absorb(piece.report);
            for batch in piece.batches {
                batches.push(batch?);
            }
        }
        sink.accept(&|| member.hash(), batches)?;
    }
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

/// The members whose content is new; what was noticed on the way goes into the report.
fn take_new(opened: Vec<Opened>, seen: &mut HashSet<Fingerprint>, report: &mut InputReport) -> Vec<Member> {
    let mut members = Vec::new();
    for one in opened {
        report.set_aside.extend(one.set_aside);
        report.empty_files += one.empty_files;
        report.decode += one.spent;
        for member in one.members {
            if seen.insert(member.fingerprint) {
                members.push(member);
            } else {
                report.duplicates += u64::from(member.begins_file());
            }
        }
    }
    members
}

fn decode<S: Sink>(
    file: &Arc<str>,
    piece: &Piece<'_>,
    normalizer: &Normalizer,
    options: &InputOptions,
    sink: &S,
) -> Decoded<S::Batch> {
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
    event::decode_piece(file, piece, &decode_options, &mut |mut batch: EventBatch| {
        let start = Instant::now();
        normalizer.extract(&mut batch);
        let prepared = sink.prepare(&Source { batch: &batch, normalizer, needs: &options.needs });
        let spent = start.elapsed();
        match prepared {
            Ok(prepared) => {
                preparing += prepared.spent;
                normalizing += spent.saturating_sub(prepared.spent);
                decoded.report.count(batch, &prepared.normalized);
                decoded.batches.push(Ok(prepared.rows));
            }
            Err(error) => decoded.batches.push(Err(error)),
        }
    });
    decoded.report.normalize = normalizing;
    decoded.report.prepare = preparing;
    decoded.report.decode = start.elapsed().saturating_sub(normalizing).saturating_sub(preparing);
    decoded
}

impl InputReport {
    fn count(&mut self, batch: EventBatch, normalized: &Normalized) {
        self.events += batch.events.len() as u64;
        self.set_aside.extend(batch.set_aside);
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
