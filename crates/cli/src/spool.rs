//! Texts in an order, more of them than memory has room for: what does not fit goes to a file without a name, which goes away
//! with the run.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};

/// What orders texts: most often a time, and what comes first at the same time.
pub(crate) type Key = (i64, u8);

/// A key and the length of the text, before each text.
const HEADER: usize = size_of::<i64>() + size_of::<u8>() + size_of::<u64>();

/// Bytes that are read of a run at once.
const WINDOW: usize = 32 << 10;

/// Texts that are in order already.
#[derive(Debug, Default)]
pub(crate) struct Run {
    bytes: Vec<u8>,
}

impl Run {
    /// Bytes of the texts and what is kept beside them.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Put a text behind those before; its key is not less than theirs.
    pub(crate) fn push<E>(
        &mut self,
        (time, order): Key,
        text: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.bytes.extend_from_slice(&time.to_le_bytes());
        self.bytes.push(order);
        let length = self.bytes.len();
        self.bytes.extend_from_slice(&[0; size_of::<u64>()]);
        let start = self.bytes.len();
        text(&mut self.bytes)?;
        let written = (self.bytes.len() - start) as u64;
        if let Some(place) = self.bytes.get_mut(length..start) {
            place.copy_from_slice(&written.to_le_bytes());
        }
        Ok(())
    }
}

/// Runs, which come out as one: by key, then by the rank of their run, then as they stand in it.
#[derive(Debug)]
pub(crate) struct Spool<R> {
    /// The parts of each run.
    runs: BTreeMap<R, Vec<Place>>,
    /// Bytes that may be held in memory, and those that are.
    limit: usize,
    held: usize,
    file: Option<File>,
    end: u64,
}

#[derive(Debug)]
enum Place {
    Held(Vec<u8>),
    Spilled { start: u64, end: u64 },
}

impl<R: Ord> Spool<R> {
    /// A spool that holds so many bytes in memory, and what is more on disk.
    pub(crate) fn holding(limit: usize) -> Self {
        Self { runs: BTreeMap::new(), limit, held: 0, file: None, end: 0 }
    }

    /// Add a run, or what comes next of one.
    pub(crate) fn add(&mut self, rank: R, run: Run) -> io::Result<()> {
        let mut bytes = run.bytes;
        if bytes.is_empty() {
            return Ok(());
        }
        let place = if self.held + bytes.len() <= self.limit {
            bytes.shrink_to_fit();
            self.held += bytes.len();
            Place::Held(bytes)
        } else {
            self.spill(&bytes)?
        };
        self.runs.entry(rank).or_default().push(place);
        Ok(())
    }

    fn spill(&mut self, bytes: &[u8]) -> io::Result<Place> {
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(tempfile::tempfile()?),
        };
        let start = self.end;
        file.seek(SeekFrom::Start(start))?;
        file.write_all(bytes)?;
        self.end += bytes.len() as u64;
        Ok(Place::Spilled { start, end: self.end })
    }

    /// Every text, in order.
    pub(crate) fn read(&self, each: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        let mut cursors: Vec<Cursor<'_>> = Vec::with_capacity(self.runs.len());
        let mut next = BinaryHeap::new();
        for (number, (rank, places)) in self.runs.iter().enumerate() {
            let mut cursor = Cursor::of(places, self.file.as_ref());
            if let Some(key) = cursor.key()? {
                next.push(Reverse((key, rank, number)));
            }
            cursors.push(cursor);
        }
        while let Some(Reverse((_, rank, number))) = next.pop() {
            let Some(cursor) = cursors.get_mut(number) else { continue };
            // As long as the run stays the first one, nothing has to be put in order.
            loop {
                each(cursor.text()?)?;
                let Some(key) = cursor.key()? else { break };
                let mine = (key, rank, number);
                if next.peek().is_some_and(|Reverse(other)| *other < mine) {
                    next.push(Reverse(mine));
                    break;
                }
            }
        }
        Ok(())
    }
}

/// A place in a run.
struct Cursor<'s> {
    source: Source<'s>,
    at: usize,
    /// The parts that come next.
    rest: std::slice::Iter<'s, Place>,
    file: Option<&'s File>,
}

enum Source<'s> {
    Held(&'s [u8]),
    /// What was read of a file, and where the rest is.
    File {
        file: &'s File,
        read: Vec<u8>,
        start: u64,
        end: u64,
    },
}

impl<'s> Cursor<'s> {
    fn of(places: &'s [Place], file: Option<&'s File>) -> Self {
        Self { source: Source::Held(&[]), at: 0, rest: places.iter(), file }
    }

    /// Go on in the next part, if there is one: a text stands in one, so nothing is left of the one before.
    fn part(&mut self) -> io::Result<bool> {
        if self.at < self.bytes().len() {
            return Err(lost());
        }
        let Some(place) = self.rest.next() else { return Ok(false) };
        self.at = 0;
        self.source = match place {
            Place::Held(bytes) => Source::Held(bytes),
            Place::Spilled { start, end } => {
                let file = self.file.ok_or_else(lost)?;
                Source::File { file, read: Vec::new(), start: *start, end: *end }
            }
        };
        Ok(true)
    }

    /// The key of the next text, if there is one.
    fn key(&mut self) -> io::Result<Option<Key>> {
        Ok(self.header()?.map(|(key, _)| key))
    }

    fn header(&mut self) -> io::Result<Option<(Key, usize)>> {
        while !self.has(HEADER)? {
            if !self.part()? {
                return Ok(None);
            }
        }
        let rest = self.bytes().get(self.at..).unwrap_or(&[]);
        let Some((time, rest)) = rest.split_first_chunk() else { return Ok(None) };
        let Some((order, rest)) = rest.split_first() else { return Ok(None) };
        let Some(length) = rest.first_chunk() else { return Ok(None) };
        let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
        Ok(Some(((i64::from_le_bytes(*time), *order), length)))
    }

    /// The next text; the one behind it is next from now on.
    fn text(&mut self) -> io::Result<&[u8]> {
        let Some((_, length)) = self.header()? else { return Err(lost()) };
        if !self.has(HEADER + length)? {
            return Err(lost());
        }
        let start = self.at + HEADER;
        self.at = start + length;
        self.bytes().get(start..self.at).ok_or_else(lost)
    }

    fn bytes(&self) -> &[u8] {
        match &self.source {
            Source::Held(bytes) => bytes,
            Source::File { read, .. } => read,
        }
    }

    /// Whether so many bytes stand from here on; of a file they are read.
    fn has(&mut self, wanted: usize) -> io::Result<bool> {
        let Source::File { file, read, start, end } = &mut self.source else {
            return Ok(self.bytes().len() >= self.at + wanted);
        };
        if read.len() < self.at + wanted {
            read.drain(..self.at);
            self.at = 0;
            let more = (wanted.max(WINDOW) - read.len()) as u64;
            let more = more.min(*end - *start);
            file.seek(SeekFrom::Start(*start))?;
            if file.take(more).read_to_end(read)? as u64 != more {
                return Err(lost());
            }
            *start += more;
        }
        Ok(read.len() >= self.at + wanted)
    }
}

fn lost() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "what was kept on disk is not there")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spool(limit: usize) -> Spool<u32> {
        let mut spool = Spool::holding(limit);
        for rank in [2_u32, 0, 1] {
            let mut run = Run::default();
            for number in 0_i64..5000 {
                if number % 1900 == 0 {
                    spool.add(rank, std::mem::take(&mut run)).unwrap();
                }
                let text = format!("{rank} {number} {}", "x".repeat(number as usize % 97));
                run.push::<io::Error>((number / 3, (number % 3) as u8), |into| {
                    into.extend_from_slice(text.as_bytes());
                    Ok(())
                })
                .unwrap();
            }
            spool.add(rank, run).unwrap();
        }
        spool
    }

    fn read(spool: &Spool<u32>) -> Vec<String> {
        let mut texts = Vec::new();
        spool
            .read(&mut |text| {
                texts.push(String::from_utf8_lossy(text).into_owned());
                Ok(())
            })
            .unwrap();
        texts
    }

    #[test]
    fn comes_out_in_order_from_memory_and_from_disk() {
        let texts = read(&spool(usize::MAX));
        let numbers = (0..5000).flat_map(|number| [0, 1, 2].map(|rank| format!("{rank} {number} ")));
        assert_eq!(texts.len(), 15000);
        assert!(texts.iter().zip(numbers).all(|(text, start)| text.starts_with(&start)));
        for limit in [0, 300_000] {
            let spilled = spool(limit);
            assert!(spilled.file.is_some());
            assert_eq!(read(&spilled), texts);
            assert_eq!(read(&spilled), texts, "can be read twice");
        }
    }

    #[test]
    fn what_is_missing_on_disk_is_an_error() {
        for kept in [0, 7, 5_000, 100_000] {
            let spilled = spool(0);
            spilled.file.as_ref().unwrap().set_len(kept).unwrap();
            assert!(spilled.read(&mut |_| Ok(())).is_err(), "{kept}");
        }
    }

    #[test]
    fn a_text_longer_than_a_window_is_whole() {
        let mut run = Run::default();
        let long = "y".repeat(3 * WINDOW);
        for text in ["a", long.as_str(), "b"] {
            run.push::<io::Error>((0, 0), |into| {
                into.extend_from_slice(text.as_bytes());
                Ok(())
            })
            .unwrap();
        }
        let mut spool = Spool::holding(0);
        spool.add(0, run).unwrap();
        assert_eq!(read(&spool), ["a", &long, "b"]);
    }
}
