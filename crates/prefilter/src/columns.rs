//! Columns as the scan reads them, wherever they are kept.

use event::{Column, Columns, TextColumn};

/// Bits, least significant first, and the number of the first row's bit; `None` when every row has a value.
pub type Validity<'a> = Option<(&'a [u8], usize)>;

/// Text values, end to end.
#[derive(Debug, Clone, Copy)]
pub struct TextRef<'a> {
    /// One more than there are rows.
    pub offsets: &'a [i32],
    /// UTF-8.
    pub bytes: &'a [u8],
    /// Which rows have a value.
    pub validity: Validity<'a>,
}

impl<'a> TextRef<'a> {
    /// The value of a row.
    pub(crate) fn get(&self, row: usize) -> Option<&'a [u8]> {
        if !is_valid(self.validity, row) {
            return None;
        }
        // Offsets of a column are never negative.
        let start = usize::try_from(*self.offsets.get(row)?).ok()?;
        let end = usize::try_from(*self.offsets.get(row + 1)?).ok()?;
        self.bytes.get(start..end)
    }
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub enum ColumnRef<'a> {
    /// One value a row.
    Text(TextRef<'a>),
    /// Several: row `i` has those from `offsets[i]` to `offsets[i + 1]`.
    Multi {
        /// One more than there are rows.
        offsets: &'a [i32],
        /// The values of all rows.
        values: TextRef<'a>,
    },
    /// One value a row, by its place among the distinct values of the batch.
    Dictionary {
        /// By row: the place in `values`.
        keys: &'a [i32],
        /// Which keys are values.
        validity: Validity<'a>,
        /// The values.
        values: TextRef<'a>,
    },
    /// Something that the scan does not look into: every row may match.
    Other,
}

/// True when the bit of a row is set, or there are no bits.
pub(crate) fn is_valid(validity: Validity<'_>, row: usize) -> bool {
    validity.is_none_or(|(bits, first)| {
        let at = first + row;
        bits.get(at / 8).is_some_and(|byte| byte >> (at % 8) & 1 == 1)
    })
}

/// A batch of rows.
pub trait Rows {
    /// Number of rows.
    fn rows(&self) -> usize;

    /// The columns by field, in any order; a field that no row has may be left out.
    fn columns(&self) -> Vec<(&str, ColumnRef<'_>)>;

    /// The text of a row's event, for rows whose columns have no `_raw`: it is asked for where everything else of a condition holds.
    fn text(&self, _row: usize) -> Option<&str> {
        None
    }
}

/// Columns without `_raw`, and where the text of a row's event is.
#[derive(Clone, Copy)]
pub struct WithText<'a, 't> {
    /// The columns.
    pub columns: &'a Columns,
    /// The text, by row.
    pub text: &'a dyn Fn(usize) -> Option<&'t str>,
}

impl Rows for WithText<'_, '_> {
    fn rows(&self) -> usize {
        self.columns.rows
    }

    fn columns(&self) -> Vec<(&str, ColumnRef<'_>)> {
        self.columns.columns()
    }

    fn text(&self, row: usize) -> Option<&str> {
        (self.text)(row)
    }
}

impl Rows for Columns {
    fn rows(&self) -> usize {
        self.rows
    }

    fn columns(&self) -> Vec<(&str, ColumnRef<'_>)> {
        self.columns.iter().map(|(name, column)| (name.as_str(), column_ref(column))).collect()
    }
}

fn column_ref(column: &Column) -> ColumnRef<'_> {
    match column {
        Column::Text(text) => ColumnRef::Text(text_ref(text)),
        Column::Multi(multi) => ColumnRef::Multi { offsets: &multi.offsets, values: text_ref(&multi.values) },
        Column::Time(_) => ColumnRef::Other,
    }
}

fn text_ref(text: &TextColumn) -> TextRef<'_> {
    let validity = (text.nulls > 0).then_some((text.validity.as_slice(), 0));
    TextRef { offsets: &text.offsets, bytes: &text.bytes, validity }
}
