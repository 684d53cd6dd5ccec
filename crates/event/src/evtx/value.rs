//! Typed values, written as Windows writes them into an event's XML.
//!
//! Types: [MS-EVEN6] 2.2.12 (BinXml), value types 0x00 to 0x21, arrays with 0x80 added.

use std::fmt::Write as _;

/// A substitution value.
#[derive(Clone, Copy)]
pub(super) struct Value<'c> {
    pub(super) kind: u8,
    pub(super) bytes: &'c [u8],
    /// Where the bytes stand in the chunk.
    pub(super) at: usize,
}

pub(super) const NULL: u8 = 0x00;
const TEXT: u8 = 0x01;
const ANSI: u8 = 0x02;
const BINARY: u8 = 0x0e;
pub(super) const FILETIME: u8 = 0x11;
const SID: u8 = 0x13;
pub(super) const BINXML: u8 = 0x21;
const ARRAY: u8 = 0x80;

/// 100 ns from 1601 to 1970.
const UNIX_EPOCH: i64 = 116_444_736_000_000_000;

impl<'c> Value<'c> {
    pub(super) fn is_null(&self) -> bool {
        self.kind == NULL
    }

    /// Nothing to write: an optional substitution leaves its place out.
    pub(super) fn is_empty(&self) -> bool {
        self.kind == NULL
            || self.bytes.is_empty()
            || (self.kind == TEXT && matches!(self.bytes, [0, 0, ..]))
            || (self.kind == ANSI && self.bytes.iter().all(|byte| *byte == 0))
    }

    pub(super) fn is_array(&self) -> bool {
        self.kind & ARRAY != 0
    }

    /// Microseconds since the epoch, of a FILETIME.
    pub(super) fn time(&self) -> Option<i64> {
        let ticks = i64::from_le_bytes(self.bytes.try_into().ok()?);
        (self.kind == FILETIME).then(|| (ticks - UNIX_EPOCH).div_euclid(10))
    }

    /// The items of an array, each as a value of its own.
    pub(super) fn items(&self) -> Option<Vec<Value<'c>>> {
        let kind = self.kind & !ARRAY;
        let mut items = Vec::new();
        let mut push = |bytes: &'c [u8]| items.push(Value { kind, bytes, at: self.at });
        match kind {
            TEXT => {
                let (units, _) = self.bytes.as_chunks::<2>();
                let mut rest = units;
                while !rest.is_empty() {
                    let length = rest.iter().position(|unit| *unit == [0, 0]).unwrap_or(rest.len());
                    push(rest.get(..length)?.as_flattened());
                    rest = rest.get(length + 1..).unwrap_or(&[]);
                }
            }
            ANSI => self.bytes.strip_suffix(&[0]).unwrap_or(self.bytes).split(|byte| *byte == 0).for_each(push),
            SID => {
                let mut rest = self.bytes;
                while let Some(length) = rest.get(1).map(|count| 8 + 4 * usize::from(*count)) {
                    push(rest.get(..length)?);
                    rest = rest.get(length..)?;
                }
            }
            _ => {
                let size = fixed_size(kind)?;
                self.bytes.chunks_exact(size).for_each(push);
            }
        }
        Some(items)
    }

    /// Append the value's text. `None` when the bytes do not fit the type.
    pub(super) fn write(&self, into: &mut String) -> Option<()> {
        match self.kind {
            NULL => {}
            TEXT => utf16(self.bytes, into),
            // Windows-1252, of which Latin-1 is the larger part; NULs are dropped.
            ANSI => into.extend(self.bytes.iter().filter(|byte| **byte != 0).map(|byte| ansi(*byte))),
            BINARY => hex(self.bytes, into),
            SID => return sid(self.bytes, into),
            BINXML if self.bytes.is_empty() => {}
            _ => return self.write_fixed(into),
        }
        Some(())
    }

    fn write_fixed(&self, into: &mut String) -> Option<()> {
        let written = match (self.kind, self.bytes) {
            (0x03, &[byte]) => write!(into, "{}", i8::from_le_bytes([byte])),
            (0x04, &[byte]) => decimal(byte.into(), into),
            (0x05, bytes) => write!(into, "{}", i16::from_le_bytes(bytes.try_into().ok()?)),
            (0x06, bytes) => decimal(u16::from_le_bytes(bytes.try_into().ok()?).into(), into),
            (0x07, bytes) => write!(into, "{}", i32::from_le_bytes(bytes.try_into().ok()?)),
            (0x08, bytes) => decimal(u32::from_le_bytes(bytes.try_into().ok()?).into(), into),
            (0x09, bytes) => write!(into, "{}", i64::from_le_bytes(bytes.try_into().ok()?)),
            (0x0a, bytes) => decimal(u64::from_le_bytes(bytes.try_into().ok()?), into),
            (0x0b, bytes) => write!(into, "{:?}", f32::from_le_bytes(bytes.try_into().ok()?)),
            (0x0c, bytes) => write!(into, "{:?}", f64::from_le_bytes(bytes.try_into().ok()?)),
            // Some providers put bit masks into a boolean: what is neither 0 nor 1 stays a number.
            (0x0d, bytes) => match i32::from_le_bytes(bytes.try_into().ok()?) {
                0 => into.write_str("false"),
                1 => into.write_str("true"),
                other => write!(into, "{other}"),
            },
            (0x0f, bytes) => guid(bytes.try_into().ok()?, into),
            (FILETIME, bytes) => filetime(u64::from_le_bytes(bytes.try_into().ok()?), into),
            (0x12, bytes) => systemtime(bytes, into)?,
            (0x10 | 0x14, &[a, b, c, d]) => write!(into, "{:#x}", u32::from_le_bytes([a, b, c, d])),
            (0x10 | 0x15, bytes) => write!(into, "{:#x}", u64::from_le_bytes(bytes.try_into().ok()?)),
            _ => return None,
        };
        written.ok()
    }
}

/// Bytes of a value of fixed size.
fn fixed_size(kind: u8) -> Option<usize> {
    match kind {
        0x03 | 0x04 => Some(1),
        0x05 | 0x06 => Some(2),
        0x07 | 0x08 | 0x0b | 0x0d | 0x14 => Some(4),
        0x09 | 0x0a | 0x0c | FILETIME | 0x15 => Some(8),
        0x0f | 0x12 => Some(16),
        _ => None,
    }
}

/// UTF-16 up to the first NUL. Control characters, which XML cannot hold, are `_`, as Windows writes them.
pub(super) fn utf16(bytes: &[u8], into: &mut String) {
    let (mut rest, _) = bytes.as_chunks::<2>();
    while !rest.is_empty() {
        // The last block is padded, so that short values take the fast way too.
        let mut block = [[b' ', 0]; BLOCK];
        let length = rest.len().min(BLOCK);
        block.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        if let Some(ascii) = printable(&block) {
            into.push_str(ascii.get(..length).and_then(|ascii| std::str::from_utf8(ascii).ok()).unwrap_or(""));
            rest = rest.get(length..).unwrap_or(&[]);
            continue;
        }
        // Not in the middle of a surrogate pair.
        let is_pair = matches!(block, [.., [_, 0xd8..=0xdb]]);
        let (slow, after) = rest.split_at_checked(length + usize::from(is_pair)).unwrap_or((rest, &[]));
        if !any_utf16(slow, into) {
            return;
        }
        rest = after;
    }
}

/// UTF-16 units looked at together.
const BLOCK: usize = 32;

/// A block of ASCII, in a loop that compilers turn to vector instructions.
fn printable(block: &[[u8; 2]; BLOCK]) -> Option<[u8; BLOCK]> {
    let mut plain = true;
    let ascii = block.map(|[low, high]| {
        let is_blank = (low == b'\n') | (low == b'\r') | (low == b'\t');
        plain &= (high == 0) & ((0x20..0x7f).contains(&low) | is_blank);
        low
    });
    plain.then_some(ascii)
}

/// Append any characters; false at a NUL.
fn any_utf16(units: &[[u8; 2]], into: &mut String) -> bool {
    let length = units.iter().position(|unit| *unit == [0, 0]).unwrap_or(units.len());
    let before = units.iter().take(length).map(|unit| u16::from_le_bytes(*unit));
    for character in char::decode_utf16(before) {
        into.push(match character {
            Ok(character @ ('\t' | '\n' | '\r' | ' '..'\u{fffe}' | '\u{10000}'..)) => character,
            Ok(_) => '_',
            Err(_) => char::REPLACEMENT_CHARACTER,
        });
    }
    length == units.len()
}

fn ansi(byte: u8) -> char {
    /// Windows-1252 from 0x80 to 0x9f.
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        b'\t' | b'\n' | b'\r' => char::from(byte),
        0..0x20 => '_',
        0x80..0xa0 => HIGH.get(usize::from(byte - 0x80)).copied().unwrap_or('_'),
        _ => char::from(byte),
    }
}

/// The formatting machinery of the standard library is a third of the time of a small number.
fn decimal(number: u64, into: &mut String) -> std::fmt::Result {
    let mut buffer = [0_u8; 20];
    let mut rest = number;
    let mut used = 0;
    for digit in buffer.iter_mut().rev() {
        *digit = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
        used += 1;
        if rest == 0 {
            break;
        }
    }
    let (_, digits) = buffer.split_at(buffer.len() - used);
    into.write_str(std::str::from_utf8(digits).unwrap_or(""))
}

fn hex(bytes: &[u8], into: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or(b'0');
    for block in bytes.chunks(32) {
        let mut digits = [0_u8; 64];
        for (pair, byte) in digits.as_chunks_mut::<2>().0.iter_mut().zip(block) {
            *pair = [digit(byte >> 4), digit(byte & 15)];
        }
        let written = digits.get(..block.len() * 2).and_then(|digits| std::str::from_utf8(digits).ok());
        into.push_str(written.unwrap_or(""));
    }
}

/// `{5770385F-C22A-43E0-BF4C-06F5698FFBD9}`
fn guid(bytes: [u8; 16], into: &mut String) -> std::fmt::Result {
    let [a, b, c, d, e, f, g, h, rest @ ..] = bytes;
    into.push('{');
    hex(&[d, c, b, a], into);
    into.push('-');
    hex(&[f, e], into);
    into.push('-');
    hex(&[h, g], into);
    into.push('-');
    let (variant, node) = rest.split_at(2);
    hex(variant, into);
    into.push('-');
    hex(node, into);
    into.push('}');
    Ok(())
}

fn sid(bytes: &[u8], into: &mut String) -> Option<()> {
    let [revision, count, a, b, c, d, e, f, rest @ ..] = bytes else { return None };
    let authority = u64::from_be_bytes([0, 0, *a, *b, *c, *d, *e, *f]);
    write!(into, "S-{revision}-{authority}").ok()?;
    let (parts, _) = rest.as_chunks::<4>();
    let parts = parts.get(..usize::from(*count))?;
    parts.iter().try_for_each(|part| write!(into, "-{}", u32::from_le_bytes(*part))).ok()
}

/// Seven digits of a second, the 100 ns that a FILETIME counts.
fn filetime(ticks: u64, into: &mut String) -> std::fmt::Result {
    const DAY: u64 = 864_000_000_000;
    let Ok(_) = i64::try_from(ticks) else { return into.write_str("0000-00-00T00:00:00.0000000Z") };
    let (year, month, day) = civil(ticks / DAY);
    let (seconds, fraction) = (ticks % DAY / 10_000_000, ticks % 10_000_000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    for (number, width, end) in [
        (year % 10_000, 4, '-'),
        (month, 2, '-'),
        (day, 2, 'T'),
        (hour, 2, ':'),
        (minute, 2, ':'),
        (second, 2, '.'),
        (fraction, 7, 'Z'),
    ] {
        digits(number, width, into);
        into.push(end);
    }
    Ok(())
}

fn digits(number: u64, width: u32, into: &mut String) {
    for place in (0..width).rev() {
        let digit = number / 10_u64.pow(place) % 10;
        into.push(char::from(b'0' + u8::try_from(digit).unwrap_or(0)));
    }
}

/// The Gregorian date of a day counted from 1601-01-01.
fn civil(days: u64) -> (u64, u64, u64) {
    // Days from 0000-03-01, in eras of 400 years that begin on a first of March.
    let days = days + 584_694;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let of_era_years = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * of_era_years + of_era_years / 4 - of_era_years / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (era * 400 + of_era_years + u64::from(month <= 2), month, day)
}

fn systemtime(bytes: &[u8], into: &mut String) -> Option<std::fmt::Result> {
    let (parts, []) = bytes.as_chunks::<2>() else { return None };
    let [year, month, _, day, hour, minute, second, milli] =
        <[[u8; 2]; 8]>::try_from(parts).ok()?.map(u16::from_le_bytes);
    Some(write!(into, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}0000Z"))
}

#[cfg(test)]
mod tests;
