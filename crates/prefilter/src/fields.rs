//! The fields of raw events that each search reads.

use std::collections::{BTreeSet, HashMap};

use cim::DatasetId;
use plan::{AggregateOver, Op, Plan, Predicate, Tstats, TstatsSource};

use crate::rowset::RowSet;

/// By dataset, the fields that searches read of its rows; `None` is all.
#[derive(Debug, Default)]
pub(crate) struct DatasetFields {
    datasets: HashMap<DatasetId, Option<BTreeSet<String>>>,
}

impl DatasetFields {
    /// Add what a command reads.
    pub(crate) fn add(&mut self, op: &Op) {
        match op {
            Op::ScanDataset(read) => drop(self.datasets.insert(read.dataset.id, None)),
            Op::Tstats(tstats) => {
                let fields = fields_of(tstats);
                for dataset in tstats.source.datasets().iter().chain(&tstats.children) {
                    let known = self.datasets.entry(dataset.id).or_insert_with(|| Some(BTreeSet::new()));
                    match (known.as_mut(), &fields) {
                        (Some(known), Some(fields)) => known.extend(fields.iter().cloned()),
                        _ => *known = None,
                    }
                }
            }
            _ => {}
        }
    }

    /// The fields of a dataset that are read; `None` is all.
    pub(crate) fn of(&self, dataset: DatasetId) -> Option<&BTreeSet<String>> {
        self.datasets.get(&dataset)?.as_ref()
    }
}

/// The fields that a `tstats` reads, without the names of datasets before them; `None` is all.
fn fields_of(tstats: &Tstats) -> Option<BTreeSet<String>> {
    let mut fields: BTreeSet<String> = tstats.by.iter().filter_map(|by| by.field.clone()).collect();
    for aggregation in &tstats.aggregations {
        match &aggregation.over {
            AggregateOver::Field(field) => drop(fields.insert(field.clone())),
            AggregateOver::Wildcard(_) | AggregateOver::Eval(_) => return None,
            AggregateOver::Rows | AggregateOver::Missing => {}
        }
    }
    if let Some(filter) = &tstats.filter {
        fields_of_predicate(filter, &mut fields)?;
    }
    let is_split = !tstats.children.is_empty() || !matches!(tstats.source, TstatsSource::Dataset(_));
    if is_split {
        // Under names with the dataset's before it; tags tell rows of children.
        let own: Vec<String> =
            fields.iter().filter_map(|field| field.rsplit_once('.')).map(|(_, own)| own.to_owned()).collect();
        fields.extend(own);
        fields.insert("tag".to_owned());
    }
    Some(fields)
}

/// Add the fields that a predicate reads; `None` when they are not known yet.
fn fields_of_predicate(predicate: &Predicate, fields: &mut BTreeSet<String>) -> Option<()> {
    match predicate {
        Predicate::True | Predicate::False => {}
        Predicate::And(terms) | Predicate::Or(terms) => {
            for term in terms {
                fields_of_predicate(term, fields)?;
            }
        }
        Predicate::Not(term) => fields_of_predicate(term, fields)?,
        Predicate::Compare { field, .. } | Predicate::In { field, .. } => drop(fields.insert(field.clone())),
        Predicate::Subsearch(_) => return None,
        Predicate::Keyword(_) | Predicate::Term(_) | Predicate::Case(_) => drop(fields.insert("_raw".to_owned())),
    }
    Some(())
}

/// By search, a set of numbered fields.
#[derive(Debug, Default)]
pub(crate) struct FieldsRead {
    names: Vec<String>,
    /// The number of `_raw`, if any search reads it.
    raw: Option<usize>,
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
        Self {
            searches: searches.collect(),
            raw: numbers.get(&"_raw".to_owned()).copied(),
            names: names.iter().copied().cloned().collect(),
        }
    }

    /// Does a search read the text of events, or all their fields?
    pub(crate) fn is_wide(&self, search: usize) -> bool {
        let read = self.searches.get(search).and_then(Option::as_ref);
        read.is_none_or(|fields| self.raw.is_some_and(|raw| fields.contains(raw)))
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
