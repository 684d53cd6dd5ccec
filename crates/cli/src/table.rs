//! Plain tables for terminals: columns as wide as they need to be, the last one cut to the terminal's width.

use anstyle::Style;

/// A cell: text and how it looks.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    /// Plain text.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: Style::new() }
    }

    /// Text in a style.
    pub(crate) fn styled(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style }
    }
}

/// Which side a column leans to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// Rows of cells under headings.
#[derive(Debug, Default)]
pub(crate) struct Table {
    headings: Vec<(String, Align)>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table with headings.
    pub(crate) fn new(headings: &[(&str, Align)]) -> Self {
        Self { headings: headings.iter().map(|(name, align)| ((*name).to_owned(), *align)).collect(), rows: Vec::new() }
    }

    /// Append a row.
    pub(crate) fn push(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// The lines, indented by two, no wider than `width`.
    pub(crate) fn render(&self, width: usize) -> String {
        let widths = self.widths();
        let mut out = String::new();
        let headings: Vec<Cell> =
            self.headings.iter().map(|(name, _)| Cell::styled(name.clone(), crate::style::DIM)).collect();
        for row in std::iter::once(&headings).chain(&self.rows) {
            out.push_str(&self.line(row, &widths, width));
            out.push('\n');
        }
        out
    }

    fn widths(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = self.headings.iter().map(|(name, _)| name.chars().count()).collect();
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.text.chars().count());
            }
        }
        widths
    }

    fn line(&self, row: &[Cell], widths: &[usize], limit: usize) -> String {
        let mut out = String::from(" ");
        let mut used = 1;
        for (at, cell) in row.iter().enumerate() {
            let is_last = at + 1 == row.len();
            let room = limit.saturating_sub(used + 1);
            let text = if is_last {
                crate::style::shorten(&cell.text, room.max(8))
            } else {
                crate::style::shorten(&cell.text, usize::MAX)
            };
            let pad = widths.get(at).copied().unwrap_or(0).saturating_sub(text.chars().count());
            let align = self.headings.get(at).map_or(Align::Left, |(_, align)| *align);
            used += 1 + text.chars().count() + pad;
            out.push(' ');
            if align == Align::Right {
                out.push_str(&" ".repeat(pad));
            }
            out.push_str(&crate::style::paint(cell.style, &text));
            if align == Align::Left && !is_last {
                out.push_str(&" ".repeat(pad));
            }
            out.push(' ');
            used += 1;
        }
        out.truncate(out.trim_end().len());
        out
    }
}
