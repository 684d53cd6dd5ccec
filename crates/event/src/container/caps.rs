//! Reading with caps.

use std::io::{self, Read};

use super::Limits;

/// Up to this size no ratio is too high.
const RATIO_FLOOR: u64 = 16 << 20;

/// A cap of [`Limits`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cap {
    Total,
    Member,
    Ratio,
}

impl Cap {
    pub(super) fn is_total(self) -> bool {
        self == Self::Total
    }

    /// Why a member is not read.
    pub(super) fn reason(self, limits: &Limits) -> String {
        match self {
            Self::Total => format!(
                "this input is larger than {} bytes when opened (`max_total_bytes`): this member and those after it are not read",
                limits.max_total_bytes
            ),
            Self::Member => format!("larger than {} bytes when opened (`max_member_bytes`): not read", limits.max_member_bytes),
            Self::Ratio => format!("more than {} times larger than its compressed form (`max_ratio`): not read", limits.max_ratio),
        }
    }
}

/// The lowest cap that holds for one member.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caps {
    bytes: u64,
    cap: Cap,
}

/// What a member gave.
pub(super) struct Taken {
    pub(super) bytes: Vec<u8>,
    pub(super) ended: Ended,
}

/// How reading a member ended.
pub(super) enum Ended {
    Complete,
    OverCap(Cap),
    Damaged(io::Error),
}

impl Caps {
    pub(super) fn new(limits: &Limits, total_left: u64, compressed: Option<u64>) -> Self {
        let ratio = compressed.map_or(u64::MAX, |size| ratio_bytes(limits, size));
        let all = [(total_left, Cap::Total), (limits.max_member_bytes, Cap::Member), (ratio, Cap::Ratio)];
        let lowest = all.into_iter().min_by_key(|(bytes, _)| *bytes);
        let (bytes, cap) = lowest.unwrap_or((total_left, Cap::Total));
        Self { bytes, cap }
    }

    /// Read to the end, to the first error, or to one byte past the cap. What was read before an error is kept.
    pub(super) fn take(self, reader: &mut dyn Read) -> Taken {
        let mut bytes = Vec::new();
        let result = reader.take(self.bytes.saturating_add(1)).read_to_end(&mut bytes);
        let ended = match result {
            _ if bytes.len() as u64 > self.bytes => {
                // The memory goes now: the caller goes on with the next member.
                bytes = Vec::new();
                Ended::OverCap(self.cap)
            }
            Ok(_) => Ended::Complete,
            Err(error) => Ended::Damaged(error),
        };
        Taken { bytes, ended }
    }
}

/// Bytes that something compressed to `size` may grow to.
pub(super) fn ratio_bytes(limits: &Limits, size: u64) -> u64 {
    size.saturating_mul(u64::from(limits.max_ratio)).max(RATIO_FLOOR)
}

/// Fails once more than `left` bytes came out: for streams of which only parts are kept.
pub(super) struct Metered<R> {
    pub(super) inner: R,
    pub(super) left: u64,
    pub(super) max_ratio: u32,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let Some(left) = self.left.checked_sub(read as u64) else {
            let reason = format!("more than {} times larger than its compressed form (`max_ratio`)", self.max_ratio);
            return Err(io::Error::other(reason));
        };
        self.left = left;
        Ok(read)
    }
}
