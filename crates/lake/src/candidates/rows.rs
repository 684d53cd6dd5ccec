//! The rows of a chunk that one scan may want: of 16,000 rows and a thousand scans there are many such sets.

use std::sync::Arc;

use datafusion::arrow::array::UInt32Array;
use prefilter::{RowSet, Selection};

/// A set is kept as bits when at least one row in so many is in it.
const MANY: usize = 32;

/// Row numbers in order.
#[derive(Debug, Clone)]
pub(super) enum Rows {
    /// More may come.
    Open(Vec<u32>),
    Few(Arc<[u32]>),
    Many(Arc<RowSet>),
}

impl Rows {
    /// No row yet.
    pub(super) fn new() -> Self {
        Self::Open(Vec::new())
    }

    /// Add rows of a batch of `count` rows that begins at `first`.
    pub(super) fn extend(&mut self, rows: Selection, first: usize, count: usize) {
        let Self::Open(known) = self else { return };
        // A chunk has far fewer rows than 32 bits count, and so has a batch.
        let number = |row: usize| u32::try_from(first + row).unwrap_or(u32::MAX);
        match rows {
            Selection::All => known.extend((0..count).map(number)),
            Selection::Rows(rows) => known.extend(rows.iter().map(|row| number(*row as usize))),
        }
    }

    /// No more will come.
    pub(super) fn close(&mut self) {
        let Self::Open(rows) = self else { return };
        let bits = rows.last().map_or(0, |last| *last as usize + 1);
        *self = if rows.len() * MANY >= bits {
            let mut set = RowSet::none(bits);
            rows.iter().for_each(|row| set.insert(*row as usize));
            Self::Many(Arc::new(set))
        } else {
            Self::Few(std::mem::take(rows).into())
        };
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Open(rows) => rows.len(),
            Self::Few(rows) => rows.len(),
            Self::Many(rows) => rows.len(),
        }
    }

    pub(super) fn numbers(&self) -> UInt32Array {
        match self {
            Self::Open(rows) => UInt32Array::from(rows.clone()),
            Self::Few(rows) => UInt32Array::from(rows.to_vec()),
            Self::Many(rows) => rows.iter().filter_map(|row| u32::try_from(row).ok()).collect::<Vec<_>>().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_are_the_rows_that_were_added() {
        for step in [1, 3, 100] {
            let mut rows = Rows::new();
            rows.extend(Selection::Rows((0..500).step_by(step).collect()), 7, 500);
            rows.extend(Selection::All, 507, 2);
            let open = rows.numbers();
            rows.close();
            assert_eq!(rows.numbers(), open);
            assert_eq!(rows.len(), open.values().len());
            assert_eq!(open.values().iter().min(), Some(&7));
            assert_eq!(open.values().iter().max(), Some(&508));
        }
    }
}
