//! Columns and rows.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::index::{Index, IndexKey};

/// A value of a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum LookupValue {
    /// No value: an empty cell of a file.
    #[default]
    Null,
    /// Text.
    One(Box<str>),
    /// Several texts, as a collection can keep.
    Many(Vec<String>),
}

impl LookupValue {
    /// Text, or nothing where it is empty.
    pub fn of(text: &str) -> Self {
        if text.is_empty() { Self::Null } else { Self::One(text.into()) }
    }

    /// The texts.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        let (one, many): (Option<&str>, &[String]) = match self {
            Self::Null => (None, &[]),
            Self::One(text) => (Some(text), &[]),
            Self::Many(texts) => (None, texts),
        };
        one.into_iter().chain(many.iter().map(String::as_str))
    }
}

/// A table. Indexes are made when first asked for, and kept with it.
#[derive(Debug, Default)]
pub struct LookupTable {
    columns: Vec<(String, Vec<LookupValue>)>,
    len: usize,
    indexes: Mutex<HashMap<IndexKey, Arc<Index>>>,
}

impl LookupTable {
    /// A table without rows. A name that comes twice is one column.
    pub fn new(columns: impl IntoIterator<Item = String>) -> Self {
        let mut table = Self::default();
        for name in columns {
            if table.column(&name).is_none() {
                table.columns.push((name, Vec::new()));
            }
        }
        table
    }

    /// A table of comma-separated values. A column without a name is left out, as are cells beyond the header; missing
    /// cells at the end of a row are null.
    pub fn from_csv(text: &str) -> Self {
        let mut rows = text::csv::rows(text);
        let header = rows.next().unwrap_or_default();
        let mut table = Self::new(header.iter().filter(|name| !name.is_empty()).map(|name| name.to_string()));
        let places: Vec<Option<usize>> = header.iter().map(|name| table.column(name)).collect();
        for row in rows {
            table.push_row();
            // Of two columns with one name the first counts, where it has a value.
            for (cell, place) in row.iter().zip(&places) {
                let slot = place.and_then(|at| table.columns.get_mut(at)).and_then(|(_, cells)| cells.last_mut());
                if let Some(slot) = slot.filter(|slot| **slot == LookupValue::Null) {
                    *slot = LookupValue::of(cell);
                }
            }
        }
        table
    }

    /// Append a row; values beyond the columns are left out, missing ones are null.
    pub fn push(&mut self, values: impl IntoIterator<Item = LookupValue>) {
        self.push_row();
        for ((_, cells), value) in self.columns.iter_mut().zip(values) {
            if let Some(last) = cells.last_mut() {
                *last = value;
            }
        }
    }

    fn push_row(&mut self) {
        self.len += 1;
        self.columns.iter_mut().for_each(|(_, cells)| cells.push(LookupValue::Null));
        self.indexes.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The columns' names, in order.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(name, _)| name.as_str())
    }

    /// The place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|(column, _)| column == name)
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.len
    }

    /// True when there is no row.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A value; null outside the table.
    pub fn value(&self, row: usize, column: usize) -> &LookupValue {
        self.columns.get(column).and_then(|(_, cells)| cells.get(row)).unwrap_or(&LookupValue::Null)
    }

    /// Does a column hold several values in some row?
    pub(crate) fn is_multi(&self, column: usize) -> bool {
        let cells = self.columns.get(column).map(|(_, cells)| cells.as_slice()).unwrap_or_default();
        cells.iter().any(|cell| matches!(cell, LookupValue::Many(_)))
    }

    /// The index of a key, made by the first who asks.
    pub(super) fn index(&self, key: IndexKey) -> Arc<Index> {
        let mut indexes = self.indexes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = indexes.get(&key) {
            return Arc::clone(index);
        }
        let index = Arc::new(Index::build(self, &key));
        indexes.insert(key, Arc::clone(&index));
        index
    }
}

impl Clone for LookupTable {
    fn clone(&self) -> Self {
        Self { columns: self.columns.clone(), len: self.len, indexes: Mutex::default() }
    }
}

impl PartialEq for LookupTable {
    fn eq(&self, other: &Self) -> bool {
        self.columns == other.columns && self.len == other.len
    }
}
