//! The conditions on one table, and the pass over a batch of it.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::RandomState;

use crate::atoms::{AtomId, FieldAtoms, FieldAtomsBuilder, Scratch};
use crate::columns::{ColumnRef, Rows, TextRef, Validity, is_valid};
use crate::formula::{Atom, Formula, Reading};
use crate::rowset::RowSet;
use crate::{Matches, Scan, ScanId, ScanRows};

/// The index that every event is in.
const INDEX: &str = "main";
/// The field that is an event's text.
const TEXT: &str = "_raw";

/// The conditions of all scans of a table.
#[derive(Debug, Default)]
pub(crate) struct TableFilter {
    fields: Vec<(String, FieldAtoms, Vec<AtomId>)>,
    /// By name: the place in `fields`.
    places: HashMap<String, usize, RandomState>,
    names: Arc<BTreeSet<String>>,
    names_but_text: Arc<BTreeSet<String>>,
    scans: Vec<(ScanId, Formula)>,
    /// By scan: does its condition ask for text of events?
    asks_for_text: Vec<bool>,
    /// By atom: the scans, by place, that want no row unless one of these atoms has one.
    woken: Vec<Vec<u32>>,
    /// Scans that may want rows whatever the atoms have.
    always: Vec<u32>,
    /// Used again for every batch.
    idle: Mutex<Vec<(AtomRows, Scratch)>>,
}

/// The rows of every atom.
#[derive(Debug, Default)]
struct AtomRows {
    rows: usize,
    /// `None`: no row.
    sets: Vec<Option<RowSet>>,
    /// Atoms of columns that the scan does not look into: every row may match, and may not.
    open: Vec<bool>,
    /// Atoms that have rows or are open.
    touched: Vec<AtomId>,
}

impl TableFilter {
    pub(crate) fn new<'s>(scans: impl Iterator<Item = &'s Scan>) -> Self {
        let (formulas, atoms) = formulas(scans);
        let mut builders: Vec<(String, FieldAtomsBuilder, Vec<AtomId>)> = Vec::new();
        for (id, atom) in (0..).zip(&atoms) {
            let at = builders.iter().position(|(field, ..)| *field == atom.field).unwrap_or_else(|| {
                builders.push((atom.field.clone(), FieldAtomsBuilder::default(), Vec::new()));
                builders.len() - 1
            });
            if let Some((_, builder, ids)) = builders.get_mut(at) {
                builder.add(id, atom.op, &atom.pattern());
                ids.push(id);
            }
        }
        let names = builders.iter().map(|(field, ..)| field.clone());
        let (names, places): (BTreeSet<String>, _) = (names.clone().collect(), names.zip(0..).collect());
        let of_text = builders.iter().filter(|(field, ..)| field == TEXT).flat_map(|(.., ids)| ids.iter().copied());
        let of_text: BTreeSet<AtomId> = of_text.collect();
        let asks_for_text = formulas.iter().map(|(_, formula)| formula.has_one_of(&of_text)).collect();
        let names_but_text = Arc::new(names.iter().filter(|name| *name != TEXT).cloned().collect());
        let names = Arc::new(names);
        let fields = builders.into_iter().map(|(field, builder, ids)| (field, builder.finish(), ids)).collect();
        let mut filter =
            Self { fields, names, names_but_text, places, scans: formulas, asks_for_text, ..Self::default() };
        filter.woken.resize(atoms.len(), Vec::new());
        filter.wake(&atoms);
        filter
    }

    /// Which atoms wake which scans.
    fn wake(&mut self, atoms: &[Atom]) {
        for (place, (_, formula)) in (0..).zip(&self.scans) {
            let Some(needed) = formula.needs_one_of(atoms) else {
                self.always.push(place);
                continue;
            };
            for atom in needed {
                self.woken.get_mut(atom as usize).into_iter().for_each(|woken| woken.push(place));
            }
        }
    }

    /// The fields that the conditions are about.
    pub(crate) fn fields(&self) -> &Arc<BTreeSet<String>> {
        &self.names
    }

    /// The same without the text of events.
    pub(crate) fn fields_but_text(&self) -> &Arc<BTreeSet<String>> {
        &self.names_but_text
    }

    pub(crate) fn has_scans(&self) -> bool {
        !self.scans.is_empty()
    }

    /// The searches whose scans these are.
    pub(crate) fn searches(&self) -> impl Iterator<Item = usize> + '_ {
        self.scans.iter().map(|(id, _)| id.search)
    }

    /// One pass over a batch.
    pub(crate) fn matches(&self, batch: &dyn Rows) -> Matches {
        let rows = batch.rows();
        if self.scans.is_empty() || rows == 0 {
            return Matches::default();
        }
        let (mut found, mut scratch) =
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        found.begin(rows, self.woken.len());
        let mut columns: Vec<Option<ColumnRef<'_>>> = vec![None; self.fields.len()];
        for (name, column) in batch.columns() {
            if let Some(known) = self.places.get(name).and_then(|place| columns.get_mut(*place)) {
                *known = Some(column);
            }
        }
        let mut of_text = None;
        for ((field, atoms, ids), column) in self.fields.iter().zip(columns) {
            if let (Some(column), "index") = (&column, field.as_str()) {
                unsaid_rows(atoms, column, rows, &mut scratch, &mut found);
            }
            match column {
                Some(ColumnRef::Text(text)) => text_rows(atoms, &text, rows, &mut scratch, &mut found),
                Some(ColumnRef::Multi { offsets, values }) => {
                    multi_rows(atoms, (offsets, &values), rows, &mut scratch, &mut found);
                }
                Some(ColumnRef::Dictionary { keys, validity, values }) => {
                    dictionary_rows(atoms, (keys, validity, &values), &mut scratch, &mut found);
                }
                Some(ColumnRef::Other) => found.set_open(ids),
                None if field == "index" => {
                    atoms.matched(INDEX, &mut scratch);
                    scratch.found.iter().for_each(|atom| found.put(*atom, RowSet::all(rows)));
                }
                // Any row may match, until its text is looked at.
                None if field == TEXT => {
                    found.set_open(ids);
                    of_text = Some((atoms, ids));
                }
                // Made of the event's time and text when it is read.
                None if plan::is_derived(field) => found.set_open(ids),
                None => (),
            }
        }
        let woken = found.touched.iter().filter_map(|atom| self.woken.get(*atom as usize)).flatten();
        let mut awake: Vec<u32> = self.always.iter().chain(woken).copied().collect();
        awake.sort_unstable();
        awake.dedup();
        if let Some((atoms, ids)) = of_text {
            let unsure = self.rows_asked_for_text(&awake, &found, rows);
            found.close(ids);
            for row in unsure.iter() {
                let Some(text) = batch.text(row) else { continue };
                atoms.matched(text, &mut scratch);
                scratch.found.iter().for_each(|atom| found.insert(*atom, row));
            }
        }
        let scans = awake.iter().filter_map(|place| {
            let (scan, formula) = self.scans.get(*place as usize)?;
            let rows = found.of(formula).owned(rows)?;
            (!rows.is_empty()).then_some(ScanRows { scan: *scan, rows })
        });
        let matches = Matches { scans: scans.collect() };
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push((found, scratch));
        matches
    }
}

impl TableFilter {
    /// The rows for which everything else holds in some condition that asks for their text.
    fn rows_asked_for_text(&self, awake: &[u32], found: &AtomRows, rows: usize) -> RowSet {
        let mut unsure = RowSet::none(rows);
        for place in awake.iter().filter(|place| self.asks_for_text.get(**place as usize) == Some(&true)) {
            let formula = self.scans.get(*place as usize).map(|(_, formula)| formula);
            let may = formula.and_then(|formula| found.of(formula).owned(rows));
            may.into_iter().for_each(|may| unsure.unite(&may));
        }
        unsure
    }
}

/// The conditions of scans as formulas, and the atoms that these are about.
pub(crate) fn formulas<'s>(scans: impl Iterator<Item = &'s Scan>) -> (Vec<(ScanId, Formula)>, Vec<Atom>) {
    let mut numbers: HashMap<Atom, AtomId> = HashMap::new();
    let mut atoms: Vec<Atom> = Vec::new();
    let mut number = |atom: Atom| {
        *numbers.entry(atom).or_insert_with_key(|atom| {
            atoms.push(atom.clone());
            AtomId::try_from(atoms.len() - 1).unwrap_or(AtomId::MAX)
        })
    };
    let mut formulas: Vec<(ScanId, Formula)> = Vec::new();
    for scan in scans {
        let mut reading = Reading { unknown: &scan.unknown, number: &mut number };
        let formula = Formula::new(&scan.predicate, false, &mut reading);
        match formulas.iter_mut().find(|(id, _)| *id == scan.id && *id == ScanId::of_made(id.search)) {
            Some((_, known)) => *known = std::mem::replace(known, Formula::None).or(formula),
            None => formulas.push((scan.id, formula)),
        }
    }
    (formulas, atoms)
}

/// What a distinct value matches, by its bytes: the number of a list of atoms.
struct Seen<'a> {
    lists: HashMap<&'a [u8], u32, RandomState>,
    atoms: Vec<Vec<AtomId>>,
}

impl<'a> Seen<'a> {
    fn new() -> Self {
        // The first list is that of values that match nothing: most.
        Self { lists: HashMap::default(), atoms: vec![Vec::new()] }
    }

    fn list(&mut self, atoms: &FieldAtoms, value: &'a [u8], scratch: &mut Scratch) -> usize {
        if let Some(list) = self.lists.get(value) {
            return *list as usize;
        }
        match std::str::from_utf8(value) {
            Ok(value) => atoms.matched(value, scratch),
            // Columns are UTF-8; what is not is matched as it would be read.
            Err(_) => atoms.matched(&String::from_utf8_lossy(value), scratch),
        }
        let list = if scratch.found.is_empty() {
            0
        } else {
            self.atoms.push(scratch.found.clone());
            self.atoms.len() - 1
        };
        self.lists.insert(value, u32::try_from(list).unwrap_or(0));
        list
    }

    fn of(&self, list: usize) -> &[AtomId] {
        self.atoms.get(list).map_or(&[], Vec::as_slice)
    }
}

fn text_rows(atoms: &FieldAtoms, text: &TextRef<'_>, rows: usize, scratch: &mut Scratch, found: &mut AtomRows) {
    let mut seen = Seen::new();
    for row in 0..rows {
        let Some(value) = text.get(row) else { continue };
        let list = seen.list(atoms, value, scratch);
        seen.of(list).iter().for_each(|atom| found.insert(*atom, row));
    }
}

/// Events that name no index are in the default one, whatever other events of the batch say.
fn unsaid_rows(atoms: &FieldAtoms, column: &ColumnRef<'_>, rows: usize, scratch: &mut Scratch, found: &mut AtomRows) {
    atoms.matched(INDEX, scratch);
    let says = |row: usize| match column {
        ColumnRef::Text(text) => text.get(row).is_some(),
        ColumnRef::Multi { offsets, .. } => offsets.get(row) != offsets.get(row + 1),
        ColumnRef::Dictionary { keys, validity, .. } => row < keys.len() && is_valid(*validity, row),
        ColumnRef::Other => true,
    };
    for row in (0..rows).filter(|row| !says(*row)) {
        scratch.found.iter().for_each(|atom| found.insert(*atom, row));
    }
}

/// Each distinct value is looked at once, and a row costs a look at its key.
fn dictionary_rows(
    atoms: &FieldAtoms,
    (keys, validity, values): (&[i32], Validity<'_>, &TextRef<'_>),
    scratch: &mut Scratch,
    found: &mut AtomRows,
) {
    // By key: one more than the number of its list; 0 is not looked at yet.
    let mut known = vec![0_u32; values.offsets.len().saturating_sub(1)];
    let mut seen = Seen::new();
    for (row, key) in keys.iter().enumerate() {
        let Some(place) = usize::try_from(*key).ok().and_then(|key| known.get_mut(key)) else { continue };
        if *place == 1 || !is_valid(validity, row) {
            continue;
        }
        if *place == 0 {
            let list = values.get(*key as usize).map_or(0, |value| seen.list(atoms, value, scratch));
            *place = u32::try_from(list + 1).unwrap_or(1);
        }
        seen.of(*place as usize - 1).iter().for_each(|atom| found.insert(*atom, row));
    }
}

fn multi_rows(
    atoms: &FieldAtoms,
    (offsets, values): (&[i32], &TextRef<'_>),
    rows: usize,
    scratch: &mut Scratch,
    found: &mut AtomRows,
) {
    let mut seen = Seen::new();
    let at = |row: usize| offsets.get(row).and_then(|offset| usize::try_from(*offset).ok()).unwrap_or(0);
    for row in 0..rows {
        for value in (at(row)..at(row + 1)).filter_map(|place| values.get(place)) {
            let list = seen.list(atoms, value, scratch);
            seen.of(list).iter().for_each(|atom| found.insert(*atom, row));
        }
    }
}

/// Rows of a part of a formula.
enum Found<'f> {
    None,
    All,
    Known(&'f RowSet),
    Made(RowSet),
}

impl Found<'_> {
    fn owned(self, rows: usize) -> Option<RowSet> {
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
    fn begin(&mut self, rows: usize, atoms: usize) {
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

    fn insert(&mut self, atom: AtomId, row: usize) {
        let Some(set) = self.sets.get_mut(atom as usize) else { return };
        match set {
            Some(set) => set.insert(row),
            None => {
                self.touched.push(atom);
                set.insert(RowSet::none(self.rows)).insert(row);
            }
        }
    }

    fn put(&mut self, atom: AtomId, rows: RowSet) {
        if let Some(set) = self.sets.get_mut(atom as usize) {
            self.touched.push(atom);
            *set = Some(rows);
        }
    }

    fn set_open(&mut self, atoms: &[AtomId]) {
        for atom in atoms {
            if let Some(open) = self.open.get_mut(*atom as usize) {
                self.touched.push(*atom);
                *open = true;
            }
        }
    }

    /// Atoms that were open are known from now on.
    fn close(&mut self, atoms: &[AtomId]) {
        for atom in atoms {
            self.open.get_mut(*atom as usize).into_iter().for_each(|open| *open = false);
        }
    }

    fn of(&self, formula: &Formula) -> Found<'_> {
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
