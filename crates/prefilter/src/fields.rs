//! The fields of raw events that each search reads.

use std::collections::{BTreeSet, HashMap};

use plan::Plan;

use crate::rowset::RowSet;

/// By search, a set of numbered fields.
#[derive(Debug, Default)]
pub(crate) struct FieldsRead {
    names: Vec<String>,
    /// `None`: all fields.
    searches: Vec<Option<RowSet>>,
}

impl FieldsRead {
    pub(crate) fn new<'p>(plans: impl Iterator<Item = &'p Plan>) -> Self {
        let read: Vec<Option<BTreeSet<String>>> =
            plans.map(|plan| plan.all_event_fields().unwrap_or_else(|| Some(BTreeSet::new()))).collect();
        let names: BTreeSet<&String> = read.iter().flatten().flatten().collect();
        let numbers: HashMap<&String, usize> = names.iter().copied().zip(0..).collect();
        let searches = read.iter().map(|fields| {
            let mut set = RowSet::none(names.len());
            for field in fields.as_ref()? {
                numbers.get(field).into_iter().for_each(|number| set.insert(*number));
            }
            Some(set)
        });
        Self { searches: searches.collect(), names: names.iter().copied().cloned().collect() }
    }

    /// The fields that some of these searches reads; `None` is all.
    pub(crate) fn of(&self, searches: impl Iterator<Item = usize>) -> Option<BTreeSet<String>> {
        let mut union = RowSet::none(self.names.len());
        for search in searches {
            union.unite(self.searches.get(search)?.as_ref()?);
        }
        Some(union.iter().filter_map(|number| self.names.get(number).cloned()).collect())
    }
}
