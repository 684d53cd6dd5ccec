//! The atoms of one field, matched against one value at a time.

use std::collections::HashMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use foldhash::fast::RandomState;
use spl::ast::{CompareOp, Pattern};
use spl::compare::Comparison;
use spl::pattern::fold;
use spl::value::parse_number;

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
    /// Atoms of which a fragment must stand in the value; found by the automaton, then checked.
    fragments: Fragments,
    /// Compared one by one: `!=`, `<`, address ranges.
    others: Vec<(AtomId, Comparison)>,
}

#[derive(Debug, Default)]
struct Fragments {
    texts: Vec<String>,
    automaton: Option<AhoCorasick>,
    /// Several times as fast, and dear to build: made once so much text has been read that it pays.
    fast: OnceLock<Option<AhoCorasick>>,
    read: AtomicUsize,
    /// By the automaton's pattern: the atoms that have it as their longest fragment.
    atoms: Vec<Vec<(AtomId, Comparison)>>,
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
        if !self.fragments.is_empty() {
            match automaton(&self.fragments, AhoCorasickKind::ContiguousNFA) {
                Ok(automaton) => {
                    self.made.fragments.automaton = Some(automaton);
                    self.made.fragments.texts = self.fragments;
                }
                // Too many fragments for the automaton's state numbers: compared one by one.
                Err(_) => {
                    let atoms = std::mem::take(&mut self.made.fragments.atoms);
                    self.made.others.extend(atoms.into_iter().flatten());
                }
            }
        }
        self.made
    }
}

/// Text read by an automaton before a fast one is built, and the fragments' bytes above which none is: it would be large.
const READ_BEFORE: usize = 4 << 20;
const MOST_BYTES: usize = 256 << 10;

fn automaton(fragments: &[String], kind: AhoCorasickKind) -> Result<AhoCorasick, aho_corasick::BuildError> {
    AhoCorasick::builder().match_kind(MatchKind::Standard).kind(Some(kind)).build(fragments)
}

impl Fragments {
    fn automaton(&self, text: &str) -> Option<&AhoCorasick> {
        let slow = self.automaton.as_ref()?;
        if self.read.load(Ordering::Relaxed) < READ_BEFORE {
            self.read.fetch_add(text.len(), Ordering::Relaxed);
            return Some(slow);
        }
        let is_small = || self.texts.iter().map(String::len).sum::<usize>() <= MOST_BYTES;
        let build = || is_small().then(|| automaton(&self.texts, AhoCorasickKind::DFA).ok()).flatten();
        self.fast.get_or_init(build).as_ref().or(Some(slow))
    }
}

impl FieldAtoms {
    /// The atoms that a value matches, each once, in no order.
    pub(crate) fn matched(&self, value: &str, scratch: &mut Scratch) {
        scratch.found.clear();
        scratch.found.extend(&self.present);
        if !self.exact.is_empty() || self.fragments.automaton.is_some() {
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
        let Some(automaton) = self.fragments.automaton(folded) else { return };
        scratch.begin(self.fragments.atoms.len());
        for hit in automaton.find_overlapping_iter(folded) {
            let place = hit.pattern().as_usize();
            if scratch.has_seen(place) {
                continue;
            }
            for (id, comparison) in self.fragments.atoms.get(place).into_iter().flatten() {
                if comparison.matches(value) {
                    scratch.found.push(*id);
                }
            }
        }
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
