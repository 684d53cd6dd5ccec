//! Files as they are read: small ones together, large ones segment by segment, archives member by member. What is held at
//! once is bounded, whatever the input.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use event::{ContentHash, EventBatch, Fingerprints, Limits, Origin, Place, Segmented, SetAside};
use rayon::prelude::*;

use crate::files::file_error;

/// What is read at once is about this large.
const GROUP_BYTES: u64 = 32 << 20;
const GROUP_FILES: usize = 1024;
/// Bytes that show what a file is.
const HEAD: usize = 64 << 10;
/// Members of an archive that wait to be read.
const WAITING: usize = 8;

/// What tells a content apart within a run: of a segment also its place, and the size of its file.
pub(super) type Fingerprint = ((u64, u64, usize), usize, u64);

static FINGERPRINTS: LazyLock<Fingerprints> = LazyLock::new(Fingerprints::default);

/// A file's content, or a segment of it, ready to decode.
pub(super) struct Member {
    pub(super) name: Arc<str>,
    pub(super) bytes: Vec<u8>,
    pub(super) fingerprint: Fingerprint,
    /// The place in a file that is read in segments.
    pub(super) segment: Option<(Segmented, Origin)>,
}

impl Member {
    fn whole(name: Arc<str>, bytes: Vec<u8>) -> Self {
        let fingerprint = (FINGERPRINTS.of(&bytes), 0, 0);
        Self { name, bytes, fingerprint, segment: None }
    }

    /// What names its content, also in another run.
    pub(super) fn hash(&self) -> ContentHash {
        match self.segment {
            Some((_, origin)) => {
                let all = origin.file_bytes.unwrap_or(0);
                event::segment_hash(&self.bytes, origin.offset as u64, all)
            }
            None => event::content_hash(&self.bytes),
        }
    }

    /// False for the later segments of a file.
    pub(super) fn begins_file(&self) -> bool {
        self.segment.is_none_or(|(_, origin)| origin.offset == 0)
    }
}

/// Buffers of files that have been read, and of their events: memory that was used before costs the kernel nothing.
#[derive(Default)]
pub(super) struct Buffers {
    free: Mutex<Vec<Vec<u8>>>,
    batches: Mutex<Vec<EventBatch>>,
}

/// Batches that are held for those to come.
const MOST_BATCHES: usize = 16;

impl Buffers {
    /// A buffer for a file of about this size.
    fn take(&self, size: u64) -> Vec<u8> {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let size = usize::try_from(size).unwrap_or(usize::MAX).saturating_add(1);
        let fits = free.iter().position(|buffer| buffer.capacity() >= size);
        fits.or(free.len().checked_sub(1)).map(|at| free.swap_remove(at)).unwrap_or_default()
    }

    /// A batch to fill.
    pub(super) fn batch(&self) -> EventBatch {
        self.batches.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Give a batch back.
    pub(super) fn give_batch(&self, mut batch: EventBatch) {
        batch.clear();
        let mut batches = self.batches.lock().unwrap_or_else(PoisonError::into_inner);
        if batches.len() < MOST_BATCHES {
            batches.push(batch);
        }
    }

    /// Give a buffer back.
    pub(super) fn give(&self, mut buffer: Vec<u8>) {
        buffer.clear();
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let held: usize = free.iter().map(Vec::capacity).sum();
        if held as u64 + buffer.capacity() as u64 <= 2 * GROUP_BYTES {
            free.push(buffer);
        }
    }
}

/// What was read together.
#[derive(Default)]
pub(super) struct Opened {
    pub(super) members: Vec<Member>,
    pub(super) set_aside: Vec<SetAside>,
    pub(super) empty_files: u64,
    pub(super) spent: Duration,
}

impl Opened {
    fn add(&mut self, name: Arc<str>, bytes: Vec<u8>) {
        if bytes.is_empty() {
            self.empty_files += 1;
        } else {
            self.members.push(Member::whole(name, bytes));
        }
    }

    fn fail(&mut self, path: &Path, error: io::Error) {
        let place = Place { file: name_of(path), offset: 0, record: None };
        self.set_aside.push(SetAside { place, reason: file_error(path, error).error.to_string() });
    }
}

/// Reads files in their order.
pub(super) struct Opener<'f> {
    rest: &'f [(PathBuf, u64)],
    limits: &'f Limits,
    buffers: &'f Buffers,
    large: Option<Large>,
    /// Told of bytes read.
    advance: &'f (dyn Fn(u64) + Sync),
}

/// A large file that is being read.
enum Large {
    Segments(SegmentReader),
    Archive(Arc<str>, Receiver<FromArchive>),
}

enum FromArchive {
    Member(event::Member),
    End(Vec<SetAside>),
}

impl<'f> Opener<'f> {
    pub(super) fn new(
        files: &'f [(PathBuf, u64)],
        limits: &'f Limits,
        buffers: &'f Buffers,
        advance: &'f (dyn Fn(u64) + Sync),
    ) -> Self {
        Self { rest: files, limits, buffers, large: None, advance }
    }

    /// The next files, or the next part of a large one; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Vec<Opened>> {
        if let Some(large) = self.large.take() {
            return Some(vec![self.go_on(large)]);
        }
        let (first, after) = self.rest.split_first()?;
        if first.1 > GROUP_BYTES {
            self.rest = after;
            return Some(vec![self.begin(&first.0, first.1)]);
        }
        let (group, after) = self.rest.split_at(self.group());
        self.rest = after;
        let opened = group.par_iter().map(|(path, size)| {
            let opened = open(path, self.limits, self.buffers.take(*size));
            (self.advance)(*size);
            opened
        });
        Some(opened.collect())
    }

    /// How many files come together.
    fn group(&self) -> usize {
        let mut bytes = 0;
        let fits = self.rest.iter().take(GROUP_FILES).take_while(|(_, size)| {
            bytes += size;
            bytes <= GROUP_BYTES
        });
        fits.count().max(1)
    }

    /// Begin a large file.
    fn begin(&mut self, path: &Path, size: u64) -> Opened {
        let mut opened = Opened::default();
        let mut head = Vec::with_capacity(HEAD);
        let file = File::open(path).and_then(|mut file| {
            file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
            Ok(file)
        });
        let file = match file {
            Ok(file) => file,
            Err(error) => {
                opened.fail(path, error);
                return opened;
            }
        };
        if event::is_container(&head) {
            (self.advance)(size);
            return match fs::read(path) {
                Ok(bytes) => {
                    let name = name_of(path);
                    let members = unpack(Arc::clone(&name), bytes, self.limits.clone());
                    self.go_on(Large::Archive(name, members))
                }
                Err(error) => {
                    opened.fail(path, error);
                    opened
                }
            };
        }
        match Segmented::of(&head) {
            Some(how) => {
                let origin = Origin { file_bytes: Some(size), ..Origin::default() };
                let path = path.to_owned();
                self.go_on(Large::Segments(SegmentReader { path, size, file, how, origin, held: head, is_done: false }))
            }
            None => {
                let opened = open(path, self.limits, Vec::new());
                (self.advance)(size);
                opened
            }
        }
    }

    /// The next part of a large file.
    fn go_on(&mut self, large: Large) -> Opened {
        let start = Instant::now();
        let mut opened = Opened::default();
        match large {
            Large::Segments(mut reader) => {
                match reader.next() {
                    Ok(member) => {
                        (self.advance)(member.bytes.len() as u64);
                        opened.members.push(member);
                    }
                    Err(error) => {
                        let place =
                            Place { file: name_of(&reader.path), offset: reader.origin.offset as u64, record: None };
                        opened.set_aside.push(SetAside { place, reason: error.to_string() });
                        reader.is_done = true;
                    }
                }
                self.large = (!reader.is_done).then_some(Large::Segments(reader));
            }
            Large::Archive(name, members) => {
                let mut bytes = 0;
                while bytes < GROUP_BYTES {
                    match members.recv() {
                        Ok(FromArchive::Member(member)) => {
                            bytes += member.bytes.len() as u64;
                            opened.add(member.name, member.bytes);
                        }
                        Ok(FromArchive::End(set_aside)) => {
                            opened.set_aside.extend(set_aside);
                            opened.spent = start.elapsed();
                            return opened;
                        }
                        // The thread has ended without a word: it panicked, which nothing may make it do.
                        Err(_) => {
                            let place = Place { file: name, offset: 0, record: None };
                            let reason =
                                "unpacking ended early: members after the last one read are missing".to_owned();
                            opened.set_aside.push(SetAside { place, reason });
                            return opened;
                        }
                    }
                }
                self.large = Some(Large::Archive(name, members));
            }
        }
        opened.spent = start.elapsed();
        opened
    }
}

/// Unpack an archive on a thread of its own, a few members ahead.
fn unpack(name: Arc<str>, bytes: Vec<u8>, limits: Limits) -> Receiver<FromArchive> {
    let (send, receive) = sync_channel(WAITING);
    std::thread::spawn(move || {
        let mut is_wanted = true;
        let set_aside = event::open_container(&name, bytes, &limits, &mut |member| {
            is_wanted = is_wanted && send.send(FromArchive::Member(member)).is_ok();
        });
        // Nobody listens any more when the run has failed.
        drop(send.send(FromArchive::End(set_aside)));
    });
    receive
}

/// Reads a file segment by segment.
struct SegmentReader {
    path: PathBuf,
    size: u64,
    file: File,
    how: Segmented,
    /// Where the next segment begins.
    origin: Origin,
    /// Bytes read beyond the last segment.
    held: Vec<u8>,
    is_done: bool,
}

impl SegmentReader {
    fn next(&mut self) -> io::Result<Member> {
        let mut bytes = std::mem::take(&mut self.held);
        let length = loop {
            let wanted = (GROUP_BYTES as usize).saturating_sub(bytes.len()).max(1 << 20);
            bytes.reserve_exact(wanted);
            let read = self.file.by_ref().take(wanted as u64).read_to_end(&mut bytes)?;
            if read < wanted {
                self.is_done = true;
                break bytes.len();
            }
            match self.how.last_cut(&bytes, self.origin) {
                0 => {}
                cut => break cut,
            }
        };
        self.held = bytes.split_off(length);
        let origin = self.origin;
        self.origin.offset += length;
        self.origin.line += memchr::memchr_iter(b'\n', &bytes).count() as u64;
        let fingerprint = (FINGERPRINTS.of(&bytes), origin.offset, self.size);
        Ok(Member { name: name_of(&self.path), bytes, fingerprint, segment: Some((self.how, origin)) })
    }
}

fn name_of(path: &Path) -> Arc<str> {
    if path.as_os_str() == "-" { "stdin".into() } else { path.display().to_string().into() }
}

/// Read a file and, if it is an archive, what is in it.
fn open(path: &Path, limits: &Limits, buffer: Vec<u8>) -> Opened {
    let start = Instant::now();
    let mut opened = Opened::default();
    let mut bytes = buffer;
    let read = if path.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|mut file| {
            bytes.reserve(file.metadata().map_or(0, |meta| usize::try_from(meta.len()).unwrap_or(0) + 1));
            file.read_to_end(&mut bytes)
        })
    };
    match read {
        Ok(_) => {
            let set_aside = event::open_container(&name_of(path), bytes, limits, &mut |member| {
                opened.add(member.name, member.bytes);
            });
            opened.set_aside.extend(set_aside);
        }
        Err(error) => opened.fail(path, error),
    }
    opened.spent = start.elapsed();
    opened
}
