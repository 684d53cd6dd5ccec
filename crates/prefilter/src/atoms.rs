//! The atoms of one field, matched against one value at a time.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use foldhash::fast::RandomState;
use spl::ast::{CompareOp, Pattern};
use spl::compare::Comparison;
use spl::pattern::fold;
use spl::value::parse_number;
use text::Grams;

/// Numbers the atoms of a table.
pub(crate) type AtomId = u32;

/// What a value matches is found in four ways, from cheap to dear.
#[derive(Debug, Default)]
pub(crate) struct FieldAtoms {
    /// `field=*`: every value.
    present: Vec<AtomId>,
    /// `field=text`, by the folded text.
    exact: HashMap<Box<str>, Vec<AtomId>, RandomState>,
    /// `field=5`: other spellings of the number, by the bits of the double.
    numbers: HashMap<u64, Vec<(AtomId, Comparison)>, RandomState>,
    /// Atoms of which a fragment must stand in the value; found by three of its bytes, then checked.
    fragments: Fragments,
    /// Compared one by one: `!=`, `<`, address ranges.
    others: Vec<(AtomId, Comparison)>,
}

/// Text that is read before it is known which bytes are rare in it.
const SAMPLE: usize = 64 << 10;

#[derive(Debug, Default)]
struct Fragments {
    texts: Vec<String>,
    /// By fragment: the atoms that have it as their longest.
    atoms: Vec<Vec<(AtomId, Comparison)>>,
    /// Made without knowing the text.
    first: OnceLock<Grams>,
    /// Made once [`SAMPLE`] has been read.
    tuned: OnceLock<Grams>,
    sample: Mutex<Vec<u8>>,
}

/// Builds [`FieldAtoms`].
#[derive(Debug, Default)]
pub(crate) struct FieldAtomsBuilder {
    made: FieldAtoms,
    fragments: Vec<String>,
    places: HashMap<String, usize>,
}

impl FieldAtomsBuilder {
    /// Add an atom.
    pub(crate) fn add(&mut self, id: AtomId, op: CompareOp, value: &Pattern) {
        let comparison = Comparison::new(op, value);
        if op != CompareOp::Equal {
            self.made.others.push((id, comparison));
            return;
        }
        match value.parts.as_slice() {
            [text] if text.contains('/') && spl::compare::Network::parse(text).is_some() => {
                self.made.others.push((id, comparison));
            }
            [text] => {
                if let Some(number) = parse_number(text) {
                    self.made.numbers.entry(bits(number)).or_default().push((id, comparison));
                } else {
                    self.made.exact.entry(fold(text).into()).or_default().push(id);
                }
            }
            parts => match parts.iter().max_by_key(|part| part.len()) {
                Some(longest) if !longest.is_empty() => self.fragment(&fold(longest), id, comparison),
                _ => self.made.present.push(id),
            },
        }
    }

    fn fragment(&mut self, fragment: &str, id: AtomId, comparison: Comparison) {
        let place = *self.places.entry(fragment.to_owned()).or_insert_with(|| {
            self.fragments.push(fragment.to_owned());
            self.made.fragments.atoms.push(Vec::new());
            self.fragments.len() - 1
        });
        if let Some(atoms) = self.made.fragments.atoms.get_mut(place) {
            atoms.push((id, comparison));
        }
    }

    /// The atoms, ready to match.
    pub(crate) fn finish(mut self) -> FieldAtoms {
        self.made.fragments.texts = self.fragments;
        self.made
    }
}

impl Fragments {
    /// The fragments, to be looked for in one more text.
    fn grams(&self, text: &str) -> Option<&Grams> {
        if self.texts.is_empty() {
            return None;
        }
        if let Some(tuned) = self.tuned.get() {
            return Some(tuned);
        }
        let mut sample = self.sample.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tuned) = self.tuned.get() {
            return Some(tuned);
        }
        sample.extend_from_slice(text.as_bytes());
        if sample.len() >= SAMPLE {
            return Some(self.tuned.get_or_init(|| Grams::new(&self.texts, &std::mem::take(&mut *sample))));
        }
        drop(sample);
        // What many fragments have in common is common in texts.
        Some(self.first.get_or_init(|| Grams::new(&self.texts, self.texts.concat().as_bytes())))
    }
}

impl FieldAtoms {
    /// The atoms that a value matches, each once, in no order.
    pub(crate) fn matched(&self, value: &str, scratch: &mut Scratch) {
        scratch.found.clear();
        scratch.found.extend(&self.present);
        if !self.exact.is_empty() || !self.fragments.texts.is_empty() {
            let folded = fold(value);
            if let Some(atoms) = self.exact.get(folded.as_ref()) {
                scratch.found.extend(atoms);
            }
            self.by_fragment(value, &folded, scratch);
        }
        if !self.numbers.is_empty()
            && let Some(atoms) = parse_number(value).and_then(|number| self.numbers.get(&bits(number)))
        {
            scratch.found.extend(atoms.iter().filter(|(_, comparison)| comparison.matches(value)).map(|(id, _)| *id));
        }
        for (id, comparison) in &self.others {
            if comparison.matches(value) {
                scratch.found.push(*id);
            }
        }
    }

    fn by_fragment(&self, value: &str, folded: &str, scratch: &mut Scratch) {
        let Some(grams) = self.fragments.grams(folded) else { return };
        scratch.begin(self.fragments.atoms.len());
        grams.find(folded.as_bytes(), &mut |place| {
            if scratch.has_seen(place) {
                return;
            }
            for (id, comparison) in self.fragments.atoms.get(place).into_iter().flatten() {
                if comparison.matches(value) {
                    scratch.found.push(*id);
                }
            }
        });
    }
}

/// Used again for every value.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// The atoms that the last value matched.
    pub(crate) found: Vec<AtomId>,
    /// By fragment: the number of the last value in which it was seen.
    seen: Vec<u32>,
    /// The number of this value.
    value: u32,
}

impl Scratch {
    /// A new value, in which one of so many fragments may be.
    fn begin(&mut self, fragments: usize) {
        if self.value == u32::MAX {
            self.seen.clear();
            self.value = 0;
        }
        self.value += 1;
        if self.seen.len() < fragments {
            self.seen.resize(fragments, 0);
        }
    }

    /// Was a fragment seen in this value? It is now.
    fn has_seen(&mut self, fragment: usize) -> bool {
        match self.seen.get_mut(fragment) {
            Some(last) => std::mem::replace(last, self.value) == self.value,
            None => false,
        }
    }
}

/// A number's bits, one for both zeros.
fn bits(number: f64) -> u64 {
    if number == 0.0 { 0 } else { number.to_bits() }
}
