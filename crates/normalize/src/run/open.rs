//! Columns whose names come from the events.

use std::collections::HashMap;

use event::Column;

use super::columns::{MultiBuilder, TextBuilder};
use crate::expr::Val;

/// Text until an event has several values.
enum Builder {
    Text(TextBuilder),
    Multi(MultiBuilder),
}

impl Builder {
    fn rows(&self) -> usize {
        match self {
            Self::Text(builder) => builder.rows(),
            Self::Multi(builder) => builder.rows(),
        }
    }
}

/// Columns by name, filled row by row.
#[derive(Default)]
pub(super) struct OpenColumns {
    columns: Vec<(String, Builder)>,
    /// Where a column stands, by name.
    index: HashMap<String, usize, foldhash::fast::RandomState>,
}

impl OpenColumns {
    /// The column of a name, new or known.
    pub(super) fn column(&mut self, name: &str) -> usize {
        if let Some(at) = self.index.get(name) {
            return *at;
        }
        self.columns.push((name.to_owned(), Builder::Text(TextBuilder::default())));
        self.index.insert(name.to_owned(), self.columns.len() - 1);
        self.columns.len() - 1
    }

    /// Set a row's value; the first value stays.
    pub(super) fn set(&mut self, row: usize, column: usize, value: Val<'_>) {
        let Some((_, builder)) = self.columns.get_mut(column) else {
            return;
        };
        if value == Val::Null || builder.rows() > row {
            return;
        }
        if let (Builder::Text(text), Val::Multi(_)) = (&*builder, &value) {
            *builder = Builder::Multi(MultiBuilder::from_text(text));
        }
        match (builder, value) {
            (Builder::Multi(builder), Val::Multi(values)) => builder.set(row, values.iter().map(|value| &**value)),
            (Builder::Multi(builder), value) => {
                let text = value.into_text();
                builder.set(row, text.as_deref());
            }
            (Builder::Text(builder), value) => builder.set(row, &value.into_text().unwrap_or_default()),
        }
    }

    /// The columns, sorted by name.
    pub(super) fn finish(mut self, rows: usize) -> Vec<(String, Column)> {
        self.columns.sort_by(|(left, _), (right, _)| left.cmp(right));
        let finished = self.columns.into_iter().map(|(name, builder)| {
            let column = match builder {
                Builder::Text(builder) => Column::Text(builder.finish(rows)),
                Builder::Multi(builder) => Column::Multi(builder.finish(rows)),
            };
            (name, column)
        });
        finished.collect()
    }
}
