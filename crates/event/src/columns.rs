//! Rows turned to columns, in Arrow's memory layout, so that `lake` can hand them over without a copy.

/// Text values, end to end, with offsets and a validity bitmap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextColumn {
    /// `rows + 1` offsets into `bytes`.
    pub offsets: Vec<i32>,
    /// UTF-8.
    pub bytes: Vec<u8>,
    /// Bit `i` of byte `i / 8` (least significant first) is 1 where row `i` has a value.
    pub validity: Vec<u8>,
    /// Rows without a value.
    pub nulls: usize,
}

impl Default for TextColumn {
    fn default() -> Self {
        Self { offsets: vec![0], bytes: Vec::new(), validity: Vec::new(), nulls: 0 }
    }
}

impl TextColumn {
    /// Number of rows.
    #[inline]
    pub fn rows(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Append a row.
    #[inline]
    pub fn push(&mut self, value: Option<&str>) {
        self.push_bytes(value.map(str::as_bytes));
    }

    /// Append a row of another column: bytes that are UTF-8 already.
    fn push_bytes(&mut self, value: Option<&[u8]>) {
        let row = self.rows();
        if let Some(value) = value {
            self.bytes.extend_from_slice(value);
        } else {
            self.nulls += 1;
        }
        set_bit(&mut self.validity, row, value.is_some());
        self.offsets.push(i32::try_from(self.bytes.len()).unwrap_or(i32::MAX));
    }

    /// The value of a row.
    #[inline]
    pub fn get(&self, row: usize) -> Option<&str> {
        std::str::from_utf8(self.bytes_of(row)?).ok()
    }

    fn bytes_of(&self, row: usize) -> Option<&[u8]> {
        if !bit(&self.validity, row) {
            return None;
        }
        let start = usize::try_from(*self.offsets.get(row)?).ok()?;
        let end = usize::try_from(*self.offsets.get(row + 1)?).ok()?;
        self.bytes.get(start..end)
    }
}

/// Lists of text values: row `i` holds `values` from `offsets[i]` to `offsets[i + 1]`; no values is null.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MultiColumn {
    /// `rows + 1` offsets into `values`.
    pub offsets: Vec<i32>,
    /// The values of all rows; none is null.
    pub values: TextColumn,
}

impl Default for MultiColumn {
    fn default() -> Self {
        Self { offsets: vec![0], values: TextColumn::default() }
    }
}

impl MultiColumn {
    /// Append a row.
    pub fn push<'a>(&mut self, values: impl IntoIterator<Item = &'a str>) {
        for value in values {
            self.values.push(Some(value));
        }
        self.offsets.push(i32::try_from(self.values.rows()).unwrap_or(i32::MAX));
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.offsets.len() - 1
    }
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// Text, at most one value a row.
    Text(TextColumn),
    /// Any number of values a row.
    Multi(MultiColumn),
    /// Microseconds since the epoch; every row has one.
    Time(Vec<i64>),
}

/// Named columns of equal length. A name that is absent is null in every row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// Number of rows.
    pub rows: usize,
    /// Name and column, in a fixed order.
    pub columns: Vec<(String, Column)>,
}

impl Columns {
    /// These rows, in this order.
    pub fn select(&self, rows: &[u32]) -> Self {
        let columns = self.columns.iter().map(|(name, column)| (name.clone(), column.select(rows)));
        Self { rows: rows.len(), columns: columns.collect() }
    }
}

impl Column {
    fn select(&self, rows: &[u32]) -> Self {
        let each = || rows.iter().map(|row| *row as usize);
        match self {
            Self::Text(text) => {
                let mut kept = TextColumn::default();
                each().for_each(|row| kept.push_bytes(text.bytes_of(row)));
                Self::Text(kept)
            }
            Self::Multi(multi) => {
                let mut kept = MultiColumn::default();
                for row in each() {
                    let place = |at: usize| multi.offsets.get(at).and_then(|offset| usize::try_from(*offset).ok());
                    for value in place(row).unwrap_or(0)..place(row + 1).unwrap_or(0) {
                        kept.values.push_bytes(multi.values.bytes_of(value));
                    }
                    kept.offsets.push(i32::try_from(kept.values.rows()).unwrap_or(i32::MAX));
                }
                Self::Multi(kept)
            }
            Self::Time(times) => Self::Time(each().filter_map(|row| times.get(row).copied()).collect()),
        }
    }
}

fn set_bit(bits: &mut Vec<u8>, at: usize, on: bool) {
    if at / 8 == bits.len() {
        bits.push(0);
    }
    if let (true, Some(byte)) = (on, bits.get_mut(at / 8)) {
        *byte |= 1 << (at % 8);
    }
}

fn bit(bits: &[u8], at: usize) -> bool {
    bits.get(at / 8).is_some_and(|byte| byte >> (at % 8) & 1 == 1)
}
