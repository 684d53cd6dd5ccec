//! The rows of every atom of a table's conditions, and of formulas of them.

use crate::atoms::AtomId;
use crate::formula::Formula;
use crate::rowset::RowSet;

/// The rows of every atom.
#[derive(Debug, Default)]
pub(crate) struct AtomRows {
    rows: usize,
    /// `None`: no row.
    sets: Vec<Option<RowSet>>,
    /// Atoms of columns that the scan does not look into: every row may match, and may not.
    open: Vec<bool>,
    /// Atoms that have rows or are open.
    pub(crate) touched: Vec<AtomId>,
}

/// Rows of a part of a formula.
pub(crate) enum Found<'f> {
    None,
    All,
    Known(&'f RowSet),
    Made(RowSet),
}

impl Found<'_> {
    pub(crate) fn owned(self, rows: usize) -> Option<RowSet> {
        match self {
            Self::None => None,
            Self::All => Some(RowSet::all(rows)),
            Self::Known(set) => Some(set.clone()),
            Self::Made(set) => Some(set),
        }
    }

    fn set(&self) -> Option<&RowSet> {
        match self {
            Self::Known(set) => Some(set),
            Self::Made(set) => Some(set),
            Self::None | Self::All => None,
        }
    }
}

impl AtomRows {
    /// Nothing is known of a batch of so many rows.
    pub(crate) fn begin(&mut self, rows: usize, atoms: usize) {
        self.rows = rows;
        for atom in self.touched.drain(..) {
            if let Some(set) = self.sets.get_mut(atom as usize) {
                *set = None;
            }
            if let Some(open) = self.open.get_mut(atom as usize) {
                *open = false;
            }
        }
        self.sets.resize(atoms, None);
        self.open.resize(atoms, false);
    }

    pub(crate) fn insert(&mut self, atom: AtomId, row: usize) {
        let Some(set) = self.sets.get_mut(atom as usize) else { return };
        match set {
            Some(set) => set.insert(row),
            None => {
                self.touched.push(atom);
                set.insert(RowSet::none(self.rows)).insert(row);
            }
        }
    }

    pub(crate) fn put(&mut self, atom: AtomId, rows: RowSet) {
        if let Some(set) = self.sets.get_mut(atom as usize) {
            self.touched.push(atom);
            *set = Some(rows);
        }
    }

    pub(crate) fn set_open(&mut self, atoms: &[AtomId]) {
        for atom in atoms {
            if let Some(open) = self.open.get_mut(*atom as usize) {
                self.touched.push(*atom);
                *open = true;
            }
        }
    }

    /// Atoms that were open are known from now on.
    pub(crate) fn close(&mut self, atoms: &[AtomId]) {
        for atom in atoms {
            self.open.get_mut(*atom as usize).into_iter().for_each(|open| *open = false);
        }
    }

    pub(crate) fn of(&self, formula: &Formula) -> Found<'_> {
        match formula {
            Formula::All => Found::All,
            Formula::None => Found::None,
            Formula::Atom(atom) | Formula::NotAtom(atom) if self.open.get(*atom as usize) == Some(&true) => Found::All,
            Formula::Atom(atom) => match self.sets.get(*atom as usize) {
                Some(Some(set)) => Found::Known(set),
                _ => Found::None,
            },
            Formula::NotAtom(atom) => match self.sets.get(*atom as usize) {
                Some(Some(set)) => Found::Made(set.complement()),
                _ => Found::All,
            },
            Formula::And(parts) => self.all(parts),
            Formula::Or(parts) => self.any(parts),
        }
    }

    fn all(&self, parts: &[Formula]) -> Found<'_> {
        let mut kept: Option<RowSet> = None;
        for part in parts {
            let found = self.of(part);
            match (&found, &mut kept) {
                (Found::None, _) => return Found::None,
                (Found::All, _) => continue,
                (_, Some(kept)) => found.set().into_iter().for_each(|set| kept.intersect(set)),
                (_, None) => kept = found.owned(self.rows),
            }
            if kept.as_ref().is_some_and(RowSet::is_empty) {
                return Found::None;
            }
        }
        kept.map_or(Found::All, Found::Made)
    }

    fn any(&self, parts: &[Formula]) -> Found<'_> {
        let mut kept: Option<RowSet> = None;
        for part in parts {
            let found = self.of(part);
            match (&found, &mut kept) {
                (Found::All, _) => return Found::All,
                (Found::None, _) => (),
                (_, Some(kept)) => found.set().into_iter().for_each(|set| kept.unite(set)),
                (_, None) => kept = found.owned(self.rows),
            }
        }
        kept.map_or(Found::None, Found::Made)
    }
}
