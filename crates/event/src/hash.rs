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

/// Bytes that two hashes go over together.
const PART: usize = 16 << 10;

/// Tells contents apart within one run: far cheaper than [`content_hash`], different in every process, so that nobody can make
/// two files that it takes for one.
#[derive(Debug, Default)]
pub struct Fingerprints {
    first: foldhash::quality::RandomState,
    second: foldhash::quality::RandomState,
}

impl Fingerprints {
    /// The fingerprint of a content.
    pub fn of(&self, bytes: &[u8]) -> (u64, u64, usize) {
        use std::hash::{BuildHasher as _, Hasher as _};
        let (mut first, mut second) = (self.first.build_hasher(), self.second.build_hasher());
        // Both go over a part while it is in the cache.
        for part in bytes.chunks(PART) {
            first.write(part);
            second.write(part);
        }
        (first.finish(), second.finish(), bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprints;

    #[test]
    fn equal_contents_have_equal_fingerprints() {
        let fingerprints = Fingerprints::default();
        let long: Vec<u8> = (0..100_000_u32).map(|at| (at % 251) as u8).collect();
        let mut other = long.clone();
        other[77_777] ^= 1;
        assert_eq!(fingerprints.of(&long), fingerprints.of(&long.clone()));
        assert_ne!(fingerprints.of(&long), fingerprints.of(&other));
        assert_ne!(fingerprints.of(b""), fingerprints.of(b"\0"));
    }
}
