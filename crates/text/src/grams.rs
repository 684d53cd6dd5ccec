//! Which of many fragments stand in a text.
//!
//! Of each fragment three bytes are chosen, those that are rarest in the text that is read. A text is gone over once: where the three
//! bytes at a place are somebody's, which one look into a small table tells, the fragment is held against the text there. With
//! thousands of fragments, most in none of the texts, this takes a fraction of what an automaton takes, whose states do not fit
//! into the processor's caches.

use std::collections::HashMap;

use foldhash::fast::RandomState;

/// Bits of the tables; both fit into the first cache together.
const BITS: usize = 1 << 16;

/// Fragments, ready to be looked for.
#[derive(Debug)]
pub struct Grams {
    /// The fragments; none is empty.
    texts: Vec<Box<[u8]>>,
    /// By hash: may three bytes be some fragment's?
    threes: Bits,
    /// By their bytes: the fragments, and where in each they stand.
    by_three: HashMap<u32, Vec<(u32, u32)>, RandomState>,
    /// The same of fragments of two bytes.
    pairs: Option<Bits>,
    by_pair: HashMap<u16, u32, RandomState>,
    /// Fragments of one byte.
    singles: Vec<(u8, u32)>,
}

#[derive(Debug, Clone)]
struct Bits(Box<[u64; BITS / 64]>);

impl Bits {
    fn new() -> Self {
        Self(Box::new([0; BITS / 64]))
    }

    fn set(&mut self, at: u16) {
        if let Some(word) = self.0.get_mut(usize::from(at) / 64) {
            *word |= 1 << (at % 64);
        }
    }

    #[inline]
    fn has(&self, at: u16) -> bool {
        self.0.get(usize::from(at) / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }
}

#[inline]
fn three(bytes: &[u8; 3]) -> u32 {
    let [first, second, third] = *bytes;
    u32::from_le_bytes([first, second, third, 0])
}

/// Fibonacci hashing: the high bits of a product.
#[inline]
fn hash(three: u32) -> u16 {
    (three.wrapping_mul(0x9e37_79b1) >> 16) as u16
}

/// How often three bytes stand in a text, by their hash.
fn counts(sample: &[u8]) -> Vec<u32> {
    let mut counts = vec![0_u32; BITS];
    for bytes in sample.array_windows() {
        if let Some(count) = counts.get_mut(usize::from(hash(three(bytes)))) {
            *count += 1;
        }
    }
    counts
}

impl Grams {
    /// Fragments that will be looked for in text like the sample's. An empty fragment is in no text.
    pub fn new(fragments: &[String], sample: &[u8]) -> Self {
        let mut grams = Self {
            texts: fragments.iter().map(|fragment| fragment.as_bytes().into()).collect(),
            threes: Bits::new(),
            by_three: HashMap::default(),
            pairs: None,
            by_pair: HashMap::default(),
            singles: Vec::new(),
        };
        let counts = counts(sample);
        let count = |three: u32| counts.get(usize::from(hash(three))).copied().unwrap_or(0);
        for (number, fragment) in (0..).zip(fragments) {
            match fragment.as_bytes() {
                [] => {}
                [byte] => grams.singles.push((*byte, number)),
                [first, second] => {
                    let pair = u16::from_le_bytes([*first, *second]);
                    grams.pairs.get_or_insert_with(Bits::new).set(pair);
                    grams.by_pair.insert(pair, number);
                }
                longer => {
                    let places = (0..).zip(longer.array_windows().map(three));
                    let Some((place, rarest)) = places.min_by_key(|(_, three)| count(*three)) else { continue };
                    grams.threes.set(hash(rarest));
                    grams.by_three.entry(rarest).or_default().push((number, place));
                }
            }
        }
        grams
    }

    /// Tell of each fragment that stands in a text; of one that stands in several places, several times.
    pub fn find(&self, text: &[u8], found: &mut impl FnMut(usize)) {
        for (place, bytes) in text.array_windows().enumerate() {
            let three = three(bytes);
            if self.threes.has(hash(three)) {
                self.check(text, (place, three), found);
            }
        }
        if let Some(pairs) = &self.pairs {
            for bytes in text.array_windows::<2>() {
                let pair = u16::from_le_bytes(*bytes);
                if pairs.has(pair)
                    && let Some(number) = self.by_pair.get(&pair)
                {
                    found(*number as usize);
                }
            }
        }
        for (byte, number) in &self.singles {
            if memchr::memchr(*byte, text).is_some() {
                found(*number as usize);
            }
        }
    }

    fn check(&self, text: &[u8], (place, three): (usize, u32), found: &mut impl FnMut(usize)) {
        for (number, within) in self.by_three.get(&three).into_iter().flatten() {
            let Some(start) = place.checked_sub(*within as usize) else { continue };
            let Some(fragment) = self.texts.get(*number as usize) else { continue };
            if text.get(start..).is_some_and(|rest| rest.starts_with(fragment)) {
                found(*number as usize);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::Grams;

    fn found(fragments: &[String], sample: &str, text: &str) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        Grams::new(fragments, sample.as_bytes()).find(text.as_bytes(), &mut |number| {
            found.insert(number);
        });
        found
    }

    proptest! {
        #[test]
        fn fragments_are_those_that_the_text_contains(
            fragments in prop::collection::btree_set("[ab\\\\é]{1,5}", 0..8),
            sample in "[ab\\\\é]{0,40}",
            text in "[ab\\\\é]{0,40}",
        ) {
            let fragments: Vec<String> = fragments.into_iter().collect();
            let expected = fragments.iter().enumerate().filter(|(_, fragment)| text.contains(fragment.as_str()));
            prop_assert_eq!(found(&fragments, &sample, &text), expected.map(|(number, _)| number).collect());
        }
    }
}
