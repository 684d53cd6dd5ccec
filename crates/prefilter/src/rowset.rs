//! Sets of rows of a batch.

/// Row numbers below a number of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowSet {
    words: Vec<u64>,
    rows: usize,
}

impl RowSet {
    /// No row of so many.
    pub fn none(rows: usize) -> Self {
        Self { words: vec![0; rows.div_ceil(64)], rows }
    }

    /// Every row of so many.
    pub fn all(rows: usize) -> Self {
        let mut all = Self { words: vec![u64::MAX; rows.div_ceil(64)], rows };
        all.trim();
        all
    }

    /// Number of rows that the batch has.
    pub fn batch_rows(&self) -> usize {
        self.rows
    }

    /// Number of rows in the set.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// True when no row is in it.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Put a row in.
    pub fn insert(&mut self, row: usize) {
        if let Some(word) = self.words.get_mut(row / 64) {
            *word |= 1 << (row % 64);
        }
    }

    /// Is a row in it?
    pub fn contains(&self, row: usize) -> bool {
        self.words.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// Its rows, from the first.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                if rest == 0 {
                    return None;
                }
                let bit = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                Some(at * 64 + bit)
            })
        })
    }

    /// Keep the rows that `other` has too.
    pub fn intersect(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
    }

    /// Add the rows of `other`.
    pub fn unite(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
    }

    /// Every row that is not in it.
    pub fn complement(&self) -> Self {
        let mut other = Self { words: self.words.iter().map(|word| !word).collect(), rows: self.rows };
        other.trim();
        other
    }

    /// Where each of its rows stands among them.
    pub(crate) fn ranks(&self) -> Ranks<'_> {
        let mut before = Vec::with_capacity(self.words.len());
        let mut sum = 0;
        for word in &self.words {
            before.push(sum);
            sum += word.count_ones() as usize;
        }
        Ranks { set: self, before }
    }

    fn trim(&mut self) {
        let over = self.rows % 64;
        if let (true, Some(last)) = (over > 0, self.words.last_mut()) {
            *last &= (1 << over) - 1;
        }
    }
}

/// Where the rows of a set stand among them.
pub(crate) struct Ranks<'s> {
    set: &'s RowSet,
    /// Rows of the set before each word.
    before: Vec<usize>,
}

impl Ranks<'_> {
    /// The number of rows of the set before `row`.
    pub(crate) fn of(&self, row: usize) -> usize {
        let word = self.set.words.get(row / 64).copied().unwrap_or(0);
        let below = word & ((1 << (row % 64)) - 1);
        self.before.get(row / 64).copied().unwrap_or(0) + below.count_ones() as usize
    }
}
