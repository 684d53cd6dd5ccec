//! What is to be done for events of one kind, worked out once a batch.

use std::collections::BTreeSet;
use std::sync::Arc;

use cim::{Calculation, Condition, Dataset, Field};
use event::{FieldId, FieldNames};

use super::chosen::Make;
use crate::expr::Op;
use crate::output::Needs;
use crate::pack::{Layer, Pack, Wildcard};

/// Where the value of a field comes from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Source<'p> {
    /// Nothing gives it.
    Nothing,
    /// The event has it.
    Native(FieldId),
    /// The pack computes it.
    Computed(&'p Op),
    /// The event's tags.
    Tags,
}

/// The work for events that the same layers of a pack are for.
#[derive(Debug, Default)]
pub(super) struct Plan<'p> {
    /// Tells the plans of a batch apart.
    pub(super) id: usize,
    /// The datasets that they enter.
    pub(super) datasets: Vec<DatasetPlan<'p>>,
    /// Their tags, sorted.
    pub(super) tags: Vec<&'p str>,
    /// Their event types, sorted.
    pub(super) eventtypes: Vec<&'p str>,
    /// Their computed fields.
    pub(super) fields: Vec<(&'p str, &'p Op)>,
    /// Another name for an event's fields, from the pack's `*` spelling: prefix and suffix to take off.
    pub(super) short: Vec<(&'p str, &'p str)>,
}

/// The work for one dataset.
#[derive(Debug)]
pub(super) struct DatasetPlan<'p> {
    /// Index of the table.
    pub(super) table: usize,
    /// What the constraint asks beside tags.
    pub(super) conditions: Vec<Check<'p>>,
    /// The fields that can have a value, by their place in the model's order.
    pub(super) columns: Vec<(usize, ColumnPlan<'p>)>,
    /// The tags of the events.
    pub(super) tags: Vec<&'p str>,
}

/// The work for one field.
#[derive(Debug)]
pub(super) struct ColumnPlan<'p> {
    pub(super) source: Source<'p>,
    pub(super) calculation: Calculation,
    /// The other fields that the calculation reads, in its order.
    pub(super) others: Vec<ColumnPlan<'p>>,
}

impl ColumnPlan<'_> {
    /// True when no event of the plan has a value: nothing gives one, and the model does not fill it.
    fn is_null(&self) -> bool {
        use Calculation::{Lower, None, NumberOrNull};
        matches!((self.source, self.calculation), (Source::Nothing, None | Lower | NumberOrNull))
    }
}

/// A condition with its field found.
#[derive(Debug)]
pub(super) enum Check<'p> {
    /// The field has a value that matches.
    Is(Source<'p>, Wildcard),
    /// One of them holds.
    Any(Vec<Check<'p>>),
    /// They do not all hold.
    NotAll(Vec<Check<'p>>),
}

/// A dataset that is asked for.
#[derive(Debug, Clone)]
pub(super) struct WantedDataset {
    pub(super) dataset: &'static Dataset,
    /// The fields that its rows are made of; `None` is all.
    pub(super) only: Option<Arc<BTreeSet<String>>>,
}

/// The datasets that are asked for.
pub(super) fn wanted(needs: &Needs, make: Make<'_>) -> Vec<WantedDataset> {
    let all = cim::MODELS.iter().flat_map(|model| model.datasets.iter().copied());
    let asked = all.filter(|dataset| needs.datasets.as_ref().is_none_or(|wanted| wanted.contains(&dataset.id)));
    asked.map(|dataset| WantedDataset { dataset, only: make.fields(dataset.id) }).collect()
}

impl<'p> Plan<'p> {
    pub(super) fn new(id: usize, (pack, mask): (&'p Pack, u128), wanted: &[WantedDataset], names: &FieldNames) -> Self {
        let layers: Vec<&Layer> =
            pack.layers.iter().enumerate().filter(|(at, _)| (mask >> at) & 1 == 1).map(|(_, layer)| layer).collect();
        let mut plan = Self {
            id,
            datasets: Vec::new(),
            tags: distinct(layers.iter().flat_map(|layer| &layer.tags)),
            eventtypes: distinct(layers.iter().flat_map(|layer| &layer.eventtypes)),
            fields: Vec::new(),
            short: short_names(pack),
        };
        let given = layers.iter().flat_map(|layer| &layer.fields);
        plan.fields.extend(given.map(|(name, op)| (name.as_str(), op)));
        // A later layer takes the place of an earlier one.
        plan.fields.reverse();
        plan.fields.sort_by_key(|(name, _)| *name);
        plan.fields.dedup_by_key(|(name, _)| *name);
        for (table, wanted) in wanted.iter().enumerate() {
            if wanted.dataset.tags.iter().all(|tag| plan.tags.contains(tag)) {
                let dataset = plan.dataset(table, wanted, names);
                plan.datasets.push(dataset);
            }
        }
        plan
    }

    fn source(&self, name: &str, names: &FieldNames) -> Source<'p> {
        if name == "tag" {
            return Source::Tags;
        }
        let computed = self.fields.binary_search_by_key(&name, |(known, _)| known).ok();
        match computed.and_then(|at| self.fields.get(at)) {
            Some((_, op)) => Source::Computed(op),
            None => names.get(name).map_or(Source::Nothing, Source::Native),
        }
    }

    fn dataset(&self, at: usize, wanted: &WantedDataset, names: &FieldNames) -> DatasetPlan<'p> {
        let dataset = wanted.dataset;
        let asked = |field: &Field| wanted.only.as_ref().is_none_or(|only| only.contains(field.name));
        let source = |name: &str| self.source(name, names);
        let raw = |name: &'static str| ColumnPlan {
            source: source(name),
            calculation: Calculation::None,
            others: Vec::new(),
        };
        let filled = |name: &'static str| {
            let calculation = dataset.field(name).map_or(Calculation::None, |field| field.calculation);
            let others = match calculation {
                Calculation::FieldOr(other, _) => vec![raw(other)],
                _ => Vec::new(),
            };
            ColumnPlan { calculation, others, ..raw(name) }
        };
        let column = |field: &'static Field| ColumnPlan {
            source: source(field.name),
            calculation: field.calculation,
            others: match field.calculation {
                Calculation::FieldOr(other, _) => vec![raw(other)],
                Calculation::SumOf(left, right) | Calculation::DifferenceOf(left, right) => {
                    vec![raw(left), raw(right)]
                }
                Calculation::VendorProduct => vec![raw("vendor"), raw("product")],
                Calculation::FileNameOf(other)
                | Calculation::CountOf(other)
                | Calculation::LengthOf(other)
                | Calculation::DomainOf(other, _)
                | Calculation::DnsReplyCode(other) => vec![filled(other)],
                Calculation::Joined(left, _, right) => vec![filled(left), filled(right)],
                _ => Vec::new(),
            },
        };
        DatasetPlan {
            table: at,
            conditions: checks(dataset.all_conditions().into_iter(), &source),
            columns: dataset
                .all_fields()
                .into_iter()
                .enumerate()
                .filter(|(_, field)| asked(field))
                .map(|(at, field)| (at, column(field)))
                .filter(|(_, column)| !column.is_null())
                .collect(),
            tags: self.tags.clone(),
        }
    }
}

fn checks<'p>(
    conditions: impl Iterator<Item = &'static Condition>,
    source: &impl Fn(&str) -> Source<'p>,
) -> Vec<Check<'p>> {
    conditions
        .map(|condition| match condition {
            Condition::Is { field, pattern } => Check::Is(source(field), Wildcard::new(pattern)),
            Condition::Any(parts) => Check::Any(inner_checks(parts, source)),
            Condition::NotAll(parts) => Check::NotAll(inner_checks(parts, source)),
        })
        .collect()
}

/// Breaks the type of the recursion, whose iterators would nest without end.
fn inner_checks<'p>(parts: &'static [Condition], source: &impl Fn(&str) -> Source<'p>) -> Vec<Check<'p>> {
    let parts: Box<dyn Iterator<Item = &'static Condition>> = Box::new(parts.iter());
    checks(parts, source)
}

fn distinct<'p>(names: impl Iterator<Item = &'p String>) -> Vec<&'p str> {
    let mut names: Vec<&str> = names.map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn short_names(pack: &Pack) -> Vec<(&str, &str)> {
    let spellings = pack.names.get("*").map(Vec::as_slice).unwrap_or_default();
    spellings.iter().filter_map(|spelling| spelling.split_once('*')).filter(|ends| *ends != ("", "")).collect()
}
