//! zip, member by member in the order of its directory; members of the same name are all kept.

use std::io::Cursor;

use zip::read::{Config, ZipFileEntry};
use zip::{ZipIterable, ZipReadOptions};

use super::{Opener, Skipped, is_resource_file};

impl Opener<'_> {
    pub(super) fn open_zip(&mut self, name: &str, bytes: &[u8], depth: u8) {
        let mut archive = match ZipIterable::try_new(Cursor::new(bytes), Config::default()) {
            Ok(archive) => archive,
            Err(error) => return self.set_aside(name, 0, format!("damaged zip: {error}")),
        };
        let entries = match archive.files() {
            Ok(entries) => entries,
            Err(error) => return self.set_aside(name, 0, format!("damaged zip: {error}")),
        };
        let mut skipped = Skipped::default();
        for entry in entries {
            if self.full {
                break;
            }
            match entry {
                Ok(entry) => self.open_zip_entry(name, bytes, &entry, &mut skipped, depth),
                Err(error) => self.set_aside(name, 0, format!("damaged zip directory: members after this are not read: {error}")),
            }
        }
        self.note_skipped(name, skipped);
    }

    fn open_zip_entry(&mut self, name: &str, bytes: &[u8], entry: &ZipFileEntry<'_>, skipped: &mut Skipped, depth: u8) {
        // Some Windows programs write `\` although the format asks for `/`.
        let path = entry.name().map_or_else(|_| String::from_utf8_lossy(entry.name_raw()).into_owned(), |path| path.into_owned());
        let path = path.replace('\\', "/");
        if path.ends_with('/') {
            return;
        }
        if entry.is_symlink() {
            skipped.links += 1;
            return;
        }
        if is_resource_file(&path) {
            skipped.resource_files += 1;
            return;
        }
        let member = format!("{name}!{path}");
        let mut cursor = Cursor::new(bytes);
        match entry.clone().with_reader(&mut cursor, ZipReadOptions::new()) {
            Ok(mut file) => self.open_member(&member, &mut file, Some(entry.compressed_size()), depth),
            Err(error) => self.set_aside(&member, 0, format!("damaged or protected: {error}")),
        }
    }
}
