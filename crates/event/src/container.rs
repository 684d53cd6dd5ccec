//! Archives and compressed files: gz, zip, tar, one inside another.

use std::io::{Cursor, Read};
use std::sync::Arc;

use crate::{Limits, Place, SetAside};

/// A file, or a file in a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The name the caller gave; inside containers `archive.zip!path/inside`.
    pub name: Arc<str>,
    /// Its content, no longer compressed.
    pub bytes: Vec<u8>,
}

/// Walk a file. One that is no container is its own single member; members come in the order they are stored.
///
/// Kinds are told by content: gzip, zip and tar are opened, also one in another. A gzip stream keeps the name
/// of its file. What cannot be opened (damaged, encrypted, another compression, more than `limits` allow) is returned.
pub fn open_container(name: &str, bytes: Vec<u8>, limits: &Limits, sink: &mut dyn FnMut(Member)) -> Vec<SetAside> {
    let ratio = (bytes.len() as u64).saturating_mul(limits.ratio).max(limits.ratio_from);
    let mut walk = Walk { left: limits.total_bytes.min(ratio), sink, set_aside: Vec::new() };
    walk.open(name.into(), bytes, limits.depth);
    walk.set_aside
}

/// True for what [`open_container`] opens, by its first bytes: 512 are enough.
pub fn is_container(head: &[u8]) -> bool {
    kind(head) != Kind::Plain
}

/// What a file's first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Gzip,
    Zip,
    Tar,
    /// A compression that is not read here.
    Other(&'static str),
    Plain,
}

fn kind(bytes: &[u8]) -> Kind {
    match bytes {
        [0x1f, 0x8b, 8, ..] => Kind::Gzip,
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Kind::Zip,
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Kind::Other("xz"),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, ..] => Kind::Other("bzip2"),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Kind::Other("zstd"),
        [b'7', b'z', 0xbc, 0xaf, 0x27, 0x1c, ..] => Kind::Other("7z"),
        [b'R', b'a', b'r', b'!', 0x1a, 7, ..] => Kind::Other("rar"),
        _ if is_tar(bytes) => Kind::Tar,
        _ => Kind::Plain,
    }
}

/// A tar header says `ustar`, or (before POSIX) has a checksum that fits.
fn is_tar(bytes: &[u8]) -> bool {
    let Some(header) = bytes.get(..512) else {
        return false;
    };
    if header.get(257..262) == Some(b"ustar") {
        return true;
    }
    let Some(field) = header.get(148..156) else {
        return false;
    };
    let stored = std::str::from_utf8(field).ok().map(|text| text.trim_matches(['\0', ' ']));
    let Some(stored) = stored.and_then(|text| u64::from_str_radix(text, 8).ok()) else {
        return false;
    };
    let sum: u64 =
        header.iter().enumerate().map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u64::from(*byte) }).sum();
    stored == sum && header.first() != Some(&0)
}

struct Walk<'s> {
    /// Bytes that may still be unpacked.
    left: u64,
    sink: &'s mut dyn FnMut(Member),
    set_aside: Vec<SetAside>,
}

impl Walk<'_> {
    fn open(&mut self, name: Arc<str>, bytes: Vec<u8>, depth: usize) {
        let kind = kind(&bytes);
        if depth == 0 && kind != Kind::Plain {
            return self.refuse(&name, "containers nested too deeply".to_owned());
        }
        match kind {
            Kind::Plain => (self.sink)(Member { name, bytes }),
            Kind::Other(what) => self.refuse(&name, format!("{what} compression is not supported")),
            Kind::Gzip => self.gzip(&name, &bytes, depth),
            Kind::Tar => self.tar(&name, &bytes, depth),
            Kind::Zip => self.zip(&name, &bytes, depth),
        }
    }

    fn refuse(&mut self, name: &Arc<str>, reason: String) {
        self.set_aside.push(SetAside { place: Place { file: Arc::clone(name), offset: 0, record: None }, reason });
    }

    /// Read a stream to its end. `false` when it is damaged or more than the limits allow; what came before
    /// the damage is kept, so that the events before it can still be read.
    fn unpack(&mut self, name: &Arc<str>, stream: &mut dyn Read, hint: u64) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(usize::try_from(hint.min(self.left).min(64 << 20)).unwrap_or(0));
        let outcome = stream.take(self.left.saturating_add(1)).read_to_end(&mut bytes);
        if bytes.len() as u64 > self.left {
            self.refuse(name, format!("unpacks to more than the limit ({} bytes were left)", self.left));
            return None;
        }
        self.left -= bytes.len() as u64;
        if let Err(error) = outcome {
            let place = Place { file: Arc::clone(name), offset: bytes.len() as u64, record: None };
            self.set_aside.push(SetAside { place, reason: format!("damaged: {error}") });
            if bytes.is_empty() {
                return None;
            }
        }
        Some(bytes)
    }

    fn gzip(&mut self, name: &Arc<str>, bytes: &[u8], depth: usize) {
        let mut stream = flate2::read::MultiGzDecoder::new(bytes);
        if let Some(inside) = self.unpack(name, &mut stream, bytes.len() as u64 * 4) {
            self.open(Arc::clone(name), inside, depth - 1);
        }
    }

    fn tar(&mut self, name: &Arc<str>, bytes: &[u8], depth: usize) {
        let mut archive = tar::Archive::new(bytes);
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(error) => return self.refuse(name, format!("damaged tar: {error}")),
        };
        for entry in entries {
            let mut entry = match entry {
                Ok(entry) => entry,
                // Behind a damaged header no other can be found.
                Err(error) => return self.refuse(name, format!("damaged tar: {error}")),
            };
            if !entry.header().entry_type().is_file() {
                continue;
            }
            let member = member_name(name, &entry.path_bytes());
            let size = entry.size();
            if let Some(inside) = self.unpack(&member, &mut entry, size) {
                self.open(member, inside, depth - 1);
            }
        }
    }

    fn zip(&mut self, name: &Arc<str>, bytes: &[u8], depth: usize) {
        let mut archive = match zip::ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) => archive,
            Err(error) => return self.refuse(name, format!("damaged zip: {error}")),
        };
        for index in 0..archive.len() {
            let inside = archive.name_for_index(index).and_then(Result::ok).map(|inside| inside.into_owned());
            let member = member_name(name, inside.unwrap_or_else(|| format!("member {index}")).as_bytes());
            let mut entry = match archive.by_index(index) {
                Ok(entry) => entry,
                Err(error) => {
                    self.refuse(&member, format!("cannot be unpacked: {error}"));
                    continue;
                }
            };
            if entry.is_dir() || member.ends_with('/') {
                continue;
            }
            let size = entry.size();
            if let Some(inside) = self.unpack(&member, &mut entry, size) {
                self.open(member, inside, depth - 1);
            }
        }
    }
}

/// `archive!path/inside`. Some Windows programs write backslashes between the parts of a path.
fn member_name(archive: &str, inside: &[u8]) -> Arc<str> {
    let inside = String::from_utf8_lossy(inside).replace('\\', "/");
    format!("{archive}!{}", inside.trim_start_matches("./")).into()
}

#[cfg(test)]
mod tests;
