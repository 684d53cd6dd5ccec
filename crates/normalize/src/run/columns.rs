//! Columns that are filled row by row; rows that were skipped are null and cost nothing until the end.

use event::{MultiColumn, TextColumn};

/// Add null rows until there are `rows`.
fn pad_text(column: &mut TextColumn, rows: usize) {
    let missing = rows.saturating_sub(column.rows());
    if missing > 0 {
        let end = column.offsets.last().copied().unwrap_or(0);
        column.offsets.resize(rows + 1, end);
        column.validity.resize(rows.div_ceil(8), 0);
        column.nulls += missing;
    }
}

fn pad_multi(column: &mut MultiColumn, rows: usize) {
    let end = column.offsets.last().copied().unwrap_or(0);
    if column.rows() < rows {
        column.offsets.resize(rows + 1, end);
    }
}

/// A text column.
#[derive(Debug, Default)]
pub(super) struct TextBuilder(TextColumn);

impl TextBuilder {
    /// Rows up to the last one that was set.
    pub(super) fn rows(&self) -> usize {
        self.0.rows()
    }

    /// Set the value of a row; rows are set in order.
    pub(super) fn set(&mut self, row: usize, value: &str) {
        pad_text(&mut self.0, row);
        self.0.push(Some(value));
    }

    pub(super) fn finish(mut self, rows: usize) -> TextColumn {
        pad_text(&mut self.0, rows);
        self.0
    }
}

/// A column of lists.
#[derive(Debug, Default)]
pub(super) struct MultiBuilder(MultiColumn);

impl MultiBuilder {
    /// Rows up to the last one that was set.
    pub(super) fn rows(&self) -> usize {
        self.0.rows()
    }

    /// Set the values of a row; rows are set in order.
    pub(super) fn set<'a>(&mut self, row: usize, values: impl IntoIterator<Item = &'a str>) {
        pad_multi(&mut self.0, row);
        self.0.push(values);
    }

    pub(super) fn finish(mut self, rows: usize) -> MultiColumn {
        pad_multi(&mut self.0, rows);
        self.0
    }

    /// The lists of a text column: one value a row, none where it is null.
    pub(super) fn from_text(text: &TextBuilder) -> Self {
        let mut lists = MultiColumn::default();
        for row in 0..text.0.rows() {
            lists.push(text.0.get(row));
        }
        Self(lists)
    }
}
