//! The conditions on one table, and the pass over a batch of it.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::RandomState;

use crate::atom_rows::AtomRows;
use crate::atoms::{AtomId, FieldAtoms, FieldAtomsBuilder, Scratch};
use crate::columns::{ColumnRef, Rows, TextRef, Validity, is_valid};
use crate::formula::{Atom, Formula, Reading};
use crate::known::Known;
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
    /// Some scan wants every row.
    pub(crate) wants_all: bool,
    /// Of a dataset: the fields that searches read; `None` is all.
    pub(crate) read: Option<Arc<BTreeSet<String>>>,
    /// Used again for every batch.
    idle: Mutex<Vec<State>>,
}

/// What a thread needs for a pass.
#[derive(Debug, Default)]
struct State {
    found: AtomRows,
    scratch: Scratch,
    /// By field: its values.
    known: Vec<Known>,
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
        filter.wants_all = filter.scans.iter().any(|(_, formula)| matches!(formula, Formula::All));
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
        let mut state = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        state.known.resize_with(self.fields.len(), Known::default);
        let State { found, scratch, known } = &mut state;
        found.begin(rows, self.woken.len());
        let mut columns: Vec<Option<ColumnRef<'_>>> = vec![None; self.fields.len()];
        for (name, column) in batch.columns() {
            if let Some(known) = self.places.get(name).and_then(|place| columns.get_mut(*place)) {
                *known = Some(column);
            }
        }
        let mut of_text = None;
        for (((field, atoms, ids), known), column) in self.fields.iter().zip(known).zip(columns) {
            let mut pass = Pass { atoms, known, scratch: &mut *scratch, found: &mut *found };
            if let (Some(column), "index") = (&column, field.as_str()) {
                pass.unsaid(column, rows);
            }
            match column {
                Some(ColumnRef::Text(text)) => pass.text(&text, rows),
                Some(ColumnRef::Multi { offsets, values }) => pass.multi(offsets, &values, rows),
                Some(ColumnRef::Dictionary { keys, validity, values }) => pass.dictionary(keys, validity, &values),
                Some(ColumnRef::Other) => found.set_open(ids),
                None if field == "index" => {
                    atoms.matched(INDEX, scratch);
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
            let unsure = self.rows_asked_for_text(&awake, found, rows);
            found.close(ids);
            for row in unsure.iter() {
                let Some(text) = batch.text(row) else { continue };
                atoms.matched(text, scratch);
                scratch.found.iter().for_each(|atom| found.insert(*atom, row));
            }
        }
        let scans = awake.iter().filter_map(|place| {
            let (scan, formula) = self.scans.get(*place as usize)?;
            let rows = found.of(formula).owned(rows)?;
            (!rows.is_empty()).then_some(ScanRows { scan: *scan, rows })
        });
        let matches = Matches { scans: scans.collect() };
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(state);
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

/// One field's conditions on their way over a column.
struct Pass<'a> {
    atoms: &'a FieldAtoms,
    known: &'a mut Known,
    scratch: &'a mut Scratch,
    found: &'a mut AtomRows,
}

impl Pass<'_> {
    fn value(&mut self, value: &[u8], row: usize) {
        let list = self.known.list(self.atoms, value, self.scratch);
        self.known.of(list).iter().for_each(|atom| self.found.insert(*atom, row));
    }

    fn text(&mut self, text: &TextRef<'_>, rows: usize) {
        for row in 0..rows {
            if let Some(value) = text.get(row) {
                self.value(value, row);
            }
        }
    }

    fn multi(&mut self, offsets: &[i32], values: &TextRef<'_>, rows: usize) {
        let at = |row: usize| offsets.get(row).and_then(|offset| usize::try_from(*offset).ok()).unwrap_or(0);
        for row in 0..rows {
            for value in (at(row)..at(row + 1)).filter_map(|place| values.get(place)) {
                self.value(value, row);
            }
        }
    }

    /// Each distinct value is looked at once, and a row costs a look at its key.
    fn dictionary(&mut self, keys: &[i32], validity: Validity<'_>, values: &TextRef<'_>) {
        // By key: one more than the place of its list; 0 is not looked at yet. The first list is that of values that match
        // nothing: most.
        let mut places = vec![0_u32; values.offsets.len().saturating_sub(1)];
        let mut lists: Vec<Vec<AtomId>> = vec![Vec::new()];
        for (row, key) in keys.iter().enumerate() {
            let Some(place) = usize::try_from(*key).ok().and_then(|key| places.get_mut(key)) else { continue };
            if *place == 1 || !is_valid(validity, row) {
                continue;
            }
            if *place == 0 {
                let Some(value) = values.get(*key as usize) else { continue };
                let list = self.known.list(self.atoms, value, self.scratch);
                if list.is_empty() {
                    *place = 1;
                    continue;
                }
                lists.push(self.known.of(list).to_vec());
                *place = u32::try_from(lists.len()).unwrap_or(1);
            }
            let list = lists.get(*place as usize - 1).map_or(&[][..], Vec::as_slice);
            list.iter().for_each(|atom| self.found.insert(*atom, row));
        }
    }

    /// Events that name no index are in the default one, whatever other events of the batch say.
    fn unsaid(&mut self, column: &ColumnRef<'_>, rows: usize) {
        self.atoms.matched(INDEX, self.scratch);
        let says = |row: usize| match column {
            ColumnRef::Text(text) => text.get(row).is_some(),
            ColumnRef::Multi { offsets, .. } => offsets.get(row) != offsets.get(row + 1),
            ColumnRef::Dictionary { keys, validity, .. } => row < keys.len() && is_valid(*validity, row),
            ColumnRef::Other => true,
        };
        for row in (0..rows).filter(|row| !says(*row)) {
            self.scratch.found.iter().for_each(|atom| self.found.insert(*atom, row));
        }
    }
}
