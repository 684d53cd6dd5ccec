//! What values match, remembered from batch to batch: in logs the same values come again and again.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, Hasher};

use foldhash::fast::RandomState;

use crate::atoms::{AtomId, FieldAtoms, Scratch};

/// What a field's values may take before they are forgotten: bytes of text, and of the table.
const MOST_BYTES: usize = 2 << 20;
/// What the table takes for a value beside its text, about.
const BYTES_A_VALUE: usize = 40;
/// Longer values are not kept: they rarely come again, and would push out many.
const LONGEST: usize = 8 << 10;

/// Values of one field with the atoms that they match.
#[derive(Debug, Default)]
pub(crate) struct Known {
    hasher: RandomState,
    /// By the hash of a value. Of two values with one hash the one met last is kept.
    values: HashMap<u64, Value, BuildHasherDefault<IsHash>>,
    /// The values, end to end.
    bytes: Vec<u8>,
    /// Lists of atoms, end to end.
    atoms: Vec<AtomId>,
}

#[derive(Debug, Clone, Copy)]
struct Value {
    start: u32,
    length: u32,
    list: List,
}

/// The atoms that a value matches; good until the next value is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct List {
    start: u32,
    end: u32,
}

impl List {
    /// Of a value that matches nothing: most.
    const EMPTY: Self = Self { start: 0, end: 0 };

    /// True when there is none.
    pub(crate) fn is_empty(self) -> bool {
        self.start == self.end
    }
}

impl Known {
    /// The atoms that a value matches.
    pub(crate) fn list(&mut self, atoms: &FieldAtoms, value: &[u8], scratch: &mut Scratch) -> List {
        let hash = self.hasher.hash_one(value);
        if let Some(known) = self.values.get(&hash)
            && self.bytes.get(known.start as usize..(known.start + known.length) as usize) == Some(value)
        {
            return known.list;
        }
        match std::str::from_utf8(value) {
            Ok(value) => atoms.matched(value, scratch),
            // Columns are UTF-8; what is not is matched as it would be read.
            Err(_) => atoms.matched(&String::from_utf8_lossy(value), scratch),
        }
        self.add(hash, value, &scratch.found)
    }

    fn add(&mut self, hash: u64, value: &[u8], found: &[AtomId]) -> List {
        let is_kept = value.len() <= LONGEST;
        let more = value.len() + (found.len() + self.atoms.len()) * size_of::<AtomId>();
        if self.bytes.len() + self.values.len() * BYTES_A_VALUE + more > MOST_BYTES {
            self.values.clear();
            self.bytes.clear();
            self.atoms.clear();
        }
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let list = if found.is_empty() {
            List::EMPTY
        } else {
            let start = self.atoms.len();
            self.atoms.extend_from_slice(found);
            List { start: place(start), end: place(self.atoms.len()) }
        };
        if is_kept {
            let start = self.bytes.len();
            self.bytes.extend_from_slice(value);
            self.values.insert(hash, Value { start: place(start), length: place(value.len()), list });
        }
        list
    }

    /// The atoms of a list.
    pub(crate) fn of(&self, list: List) -> &[AtomId] {
        self.atoms.get(list.start as usize..list.end as usize).unwrap_or(&[])
    }
}

/// Keys are hashes already.
#[derive(Debug, Default)]
struct IsHash(u64);

impl Hasher for IsHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        // Not called for the keys of `Known`.
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
