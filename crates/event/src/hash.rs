//! The identity of a file's content.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// SHA-256 of a file's bytes: two files with the same one are read once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentHash(pub [u8; 32]);

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The hash of a file's content, whatever its name.
pub fn content_hash(bytes: &[u8]) -> ContentHash {
    ContentHash(Sha256::digest(bytes).into())
}

/// The hash of a segment of a file of so many bytes, which stands at an offset.
pub fn segment_hash(bytes: &[u8], offset: u64, file_bytes: u64) -> ContentHash {
    let place = [offset.to_le_bytes(), file_bytes.to_le_bytes()].concat();
    ContentHash(Sha256::new().chain_update(place).chain_update(bytes).finalize().into())
}
