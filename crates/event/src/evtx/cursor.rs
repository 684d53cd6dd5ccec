//! Little-endian reading that cannot run over the end.

/// Why a piece of a chunk could not be read.
pub(super) type Bad = &'static str;

/// A position in a chunk.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'c> {
    pub(super) chunk: &'c [u8],
    pub(super) pos: usize,
    /// Reading stops here.
    pub(super) end: usize,
}

impl<'c> Cursor<'c> {
    pub(super) fn new(chunk: &'c [u8], pos: usize, end: usize) -> Self {
        Self { chunk, pos, end: end.min(chunk.len()) }
    }

    pub(super) fn take(&mut self, length: usize) -> Result<&'c [u8], Bad> {
        let to = self.pos.checked_add(length).filter(|to| *to <= self.end).ok_or("cut short")?;
        let bytes = self.chunk.get(self.pos..to).ok_or("cut short")?;
        self.pos = to;
        Ok(bytes)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Bad> {
        self.take(N)?.try_into().map_err(|_| "cut short")
    }

    pub(super) fn u8(&mut self) -> Result<u8, Bad> {
        self.array().map(|[byte]| byte)
    }

    pub(super) fn u16(&mut self) -> Result<u16, Bad> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Result<u32, Bad> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Result<u64, Bad> {
        self.array().map(u64::from_le_bytes)
    }

    /// UTF-16 text behind its length in units.
    pub(super) fn counted_text(&mut self) -> Result<&'c [u8], Bad> {
        let units = usize::from(self.u16()?);
        self.take(units * 2)
    }
}
