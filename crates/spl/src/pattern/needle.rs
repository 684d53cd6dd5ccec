//! Finding a literal in bytes, ASCII letter case aside.

use memchr::{memchr, memchr2};

/// A literal of at least one byte, in lower case.
#[derive(Debug, Clone)]
pub(super) struct Needle {
    literal: Box<[u8]>,
    /// Where in the literal its rarest byte stands.
    anchor: usize,
    /// That byte, in lower and in upper case.
    anchor_cases: [u8; 2],
    /// For each length of a matched prefix, the longest shorter prefix that ends it too (Knuth, Morris, Pratt).
    fallback: Box<[u32]>,
}

impl Needle {
    pub(super) fn new(literal: &[u8]) -> Self {
        let rarest = literal.iter().enumerate().min_by_key(|(_, byte)| frequency(**byte));
        let (anchor, byte) = rarest.map_or((0, 0), |(at, byte)| (at, *byte));
        Self {
            literal: literal.into(),
            anchor,
            anchor_cases: [byte, byte.to_ascii_uppercase()],
            fallback: fallback(literal),
        }
    }

    /// The end of the leftmost place of the literal in `text`.
    pub(super) fn end_in(&self, text: &[u8]) -> Option<usize> {
        // Comparing at each anchor is fastest on real text. Text made to be full of anchors would make it
        // quadratic, so past a budget the search goes on byte by byte.
        let mut budget = text.len().saturating_mul(4).saturating_add(64);
        let mut from = self.anchor;
        loop {
            let hit = from + self.next_anchor(text.get(from..)?)?;
            let start = hit - self.anchor;
            let end = start + self.literal.len();
            if text.get(start..end)?.eq_ignore_ascii_case(&self.literal) {
                return Some(end);
            }
            from = hit + 1;
            budget = budget.saturating_sub(self.literal.len());
            if budget == 0 {
                return self.end_in_byte_by_byte(text, start + 1);
            }
        }
    }

    fn next_anchor(&self, text: &[u8]) -> Option<usize> {
        let [lower, upper] = self.anchor_cases;
        if lower == upper { memchr(lower, text) } else { memchr2(lower, upper, text) }
    }

    /// Knuth, Morris, Pratt from `start` on.
    pub(super) fn end_in_byte_by_byte(&self, text: &[u8], start: usize) -> Option<usize> {
        let mut matched = 0_usize;
        for (at, byte) in text.iter().enumerate().skip(start) {
            matched = self.advance(matched, byte.to_ascii_lowercase());
            if matched == self.literal.len() {
                return Some(at + 1);
            }
        }
        None
    }

    fn advance(&self, mut matched: usize, byte: u8) -> usize {
        loop {
            if self.literal.get(matched) == Some(&byte) {
                return matched + 1;
            }
            if matched == 0 {
                return 0;
            }
            matched = self.fallback.get(matched).map_or(0, |length| *length as usize);
        }
    }
}

fn fallback(literal: &[u8]) -> Box<[u32]> {
    let mut table = vec![0_u32; literal.len() + 1];
    let mut length = 0_usize;
    for (at, byte) in literal.iter().enumerate().skip(1) {
        while length > 0 && literal.get(length) != Some(byte) {
            length = table.get(length).map_or(0, |shorter| *shorter as usize);
        }
        if literal.get(length) == Some(byte) {
            length += 1;
        }
        if let Some(entry) = table.get_mut(at + 1) {
            *entry = u32::try_from(length).unwrap_or(u32::MAX);
        }
    }
    table.into_boxed_slice()
}

/// How often a byte is met in logs and command lines, roughly: lower is rarer.
fn frequency(byte: u8) -> u8 {
    match byte {
        b'e' | b't' | b'a' | b'o' | b'i' | b'n' | b's' | b'r' | b' ' => 9,
        b'l' | b'c' | b'd' | b'm' | b'p' | b'u' | b'h' => 8,
        b'0'..=b'9' | b'.' | b'\\' | b'/' => 7,
        b'f' | b'g' | b'b' | b'w' | b'y' | b'v' | b'x' | b'-' | b'"' | b'_' | b'=' | b':' => 5,
        b'k' | b'j' | b'q' | b'z' => 3,
        0x80..=0xff => 6,
        _ => 2,
    }
}
