//! Files as they are read: small ones together, large ones segment by segment, archives member by member. What is held at
//! once is bounded, whatever the input.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::{Duration, Instant};

use event::{ContentHash, Limits, Origin, Place, Segmented, SetAside};
use rayon::prelude::*;

use crate::files::file_error;

/// What is read at once is about this large.
const GROUP_BYTES: u64 = 32 << 20;
const GROUP_FILES: usize = 1024;
/// Bytes that show what a file is.
const HEAD: usize = 64 << 10;
/// Members of an archive that wait to be read.
const WAITING: usize = 8;

/// A file's content, or a segment of it, ready to decode.
pub(super) struct Member {
    pub(super) name: Arc<str>,
    pub(super) bytes: Vec<u8>,
    pub(super) hash: ContentHash,
    /// The place in a file that is read in segments.
    pub(super) segment: Option<(Segmented, Origin)>,
}

impl Member {
    fn whole(name: Arc<str>, bytes: Vec<u8>) -> Self {
        let hash = event::content_hash(&bytes);
        Self { name, bytes, hash, segment: None }
    }

    /// False for the later segments of a file.
    pub(super) fn begins_file(&self) -> bool {
        self.segment.is_none_or(|(_, origin)| origin.offset == 0)
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
    large: Option<Large>,
    /// Told of bytes read.
    advance: &'f (dyn Fn(u64) + Sync),
}

/// A large file that is being read.
enum Large {
    Segments(SegmentReader),
    Archive(Receiver<FromArchive>),
}

enum FromArchive {
    Member(event::Member),
    End(Vec<SetAside>),
}

impl<'f> Opener<'f> {
    pub(super) fn new(files: &'f [(PathBuf, u64)], limits: &'f Limits, advance: &'f (dyn Fn(u64) + Sync)) -> Self {
        Self { rest: files, limits, large: None, advance }
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
            let opened = open(path, self.limits);
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
                Ok(bytes) => self.go_on(Large::Archive(unpack(name_of(path), bytes, self.limits.clone()))),
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
                let opened = open(path, self.limits);
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
                        let place = Place {
                            file: name_of(&reader.path),
                            offset: reader.origin.offset as u64,
                            record: None,
                        };
                        opened.set_aside.push(SetAside { place, reason: error.to_string() });
                        reader.is_done = true;
                    }
                }
                self.large = (!reader.is_done).then_some(Large::Segments(reader));
            }
            Large::Archive(members) => {
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
                        Err(_) => return opened,
                    }
                }
                self.large = Some(Large::Archive(members));
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
        let hash = event::segment_hash(&bytes, origin.offset as u64, self.size);
        Ok(Member { name: name_of(&self.path), bytes, hash, segment: Some((self.how, origin)) })
    }
}

fn name_of(path: &Path) -> Arc<str> {
    if path.as_os_str() == "-" { "stdin".into() } else { path.display().to_string().into() }
}

/// Read a file and, if it is an archive, what is in it.
fn open(path: &Path, limits: &Limits) -> Opened {
    let start = Instant::now();
    let mut opened = Opened::default();
    let read = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    match read {
        Ok(bytes) => {
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
