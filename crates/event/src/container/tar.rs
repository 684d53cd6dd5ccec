//! tar, from any reader.

use std::io::Read;

use tar::{Archive, Entry, EntryType};

use super::caps::Cap;
use super::{Opener, Skipped, is_resource_file};

/// Size of a header.
pub(super) const BLOCK: u64 = 512;

/// True for a tar header: by its magic, or (tars older than POSIX have none) by its checksum.
pub(super) fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(257..262) == Some(b"ustar") || has_checksum(bytes).unwrap_or(false)
}

fn has_checksum(bytes: &[u8]) -> Option<bool> {
    let (before, rest) = bytes.get(..512)?.split_at(148);
    let (checksum, after) = rest.split_at(8);
    let sum: u64 = before.iter().chain(after).map(|byte| u64::from(*byte)).sum();
    let digits = std::str::from_utf8(checksum).ok()?.trim_matches(['\0', ' ']);
    let told = u64::from_str_radix(digits, 8).ok()?;
    // The checksum counts its own eight bytes as blanks. A block of zeros ends a tar and starts none.
    Some(before.first() != Some(&0) && told == sum + 8 * u64::from(b' '))
}

impl Opener<'_> {
    pub(super) fn open_tar(&mut self, name: &str, reader: &mut dyn Read, depth: u8) {
        let mut archive = Archive::new(reader);
        let mut skipped = Skipped::default();
        let mut at = 0;
        match archive.entries() {
            Ok(entries) => {
                for entry in entries {
                    if self.full {
                        break;
                    }
                    match entry {
                        Ok(mut entry) => {
                            at = entry.raw_file_position();
                            self.open_tar_entry(name, &mut entry, &mut skipped, depth);
                        }
                        // The reader cannot tell where the next entry starts.
                        Err(error) => {
                            self.set_aside(name, at, format!("damaged tar: entries from here on are not read: {error}"));
                            break;
                        }
                    }
                }
            }
            Err(error) => self.set_aside(name, 0, format!("damaged tar: {error}")),
        }
        self.note_skipped(name, skipped);
    }

    fn open_tar_entry(&mut self, name: &str, entry: &mut Entry<'_, &mut dyn Read>, skipped: &mut Skipped, depth: u8) {
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let path = path.trim_start_matches("./");
        match entry.header().entry_type() {
            EntryType::Directory | EntryType::XGlobalHeader => return,
            EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse if path.ends_with('/') => return,
            EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => {}
            _ => {
                skipped.links += 1;
                return;
            }
        }
        if is_resource_file(path) {
            skipped.resource_files += 1;
            return;
        }
        let member = format!("{name}!{path}");
        let size = entry.size();
        if size > self.limits.max_member_bytes && size <= self.total_left {
            // Passing over it costs its size in a compressed stream, so it counts.
            self.total_left -= size;
            return self.set_aside(&member, 0, Cap::Member.reason(&self.limits));
        }
        if size > self.total_left {
            self.full = true;
            return self.set_aside(&member, 0, Cap::Total.reason(&self.limits));
        }
        let missing = Missing { left: size, inner: entry };
        self.open_member(&member, &mut { missing }, None, depth);
    }
}

/// A tar that was cut off ends a member early without an error: this makes it one.
struct Missing<R> {
    left: u64,
    inner: R,
}

impl<R: Read> Read for Missing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        if read == 0 && !buffer.is_empty() && self.left > 0 {
            return Err(std::io::Error::new(std::io::ErrorKind::UnexpectedEof, format!("the last {} bytes are missing", self.left)));
        }
        Ok(read)
    }
}
