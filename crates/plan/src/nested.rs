//! The plans inside a plan.

use std::collections::BTreeSet;

use crate::reads::filter_of;
use crate::{Op, Plan, Predicate, Stage};

impl Plan {
    /// Every plan inside this one, at any depth, each before those inside it: subsearches, the other sides of joins and
    /// appends, the searches of `map`.
    pub fn nested(&self) -> impl Iterator<Item = &Self> {
        let mut found = Vec::new();
        in_stages(&self.stages, &mut found);
        found.into_iter()
    }

    /// The fields of raw events that this plan and those inside it read: `None` no raw search, `Some(None)` all fields.
    pub fn all_event_fields(&self) -> Option<Option<BTreeSet<String>>> {
        std::iter::once(self).chain(self.nested()).map(|plan| plan.event_fields.clone()).fold(None, both_fields)
    }

    /// Every stage of this plan and of those inside it.
    pub fn all_stages(&self) -> impl Iterator<Item = &Stage> {
        let mut found = Vec::new();
        for plan in std::iter::once(self).chain(self.nested()) {
            own_stages(&plan.stages, &mut found);
        }
        found.into_iter()
    }
}

/// What two searches read of raw events.
pub fn both_fields(
    one: Option<Option<BTreeSet<String>>>,
    other: Option<Option<BTreeSet<String>>>,
) -> Option<Option<BTreeSet<String>>> {
    match (one, other) {
        (None, fields) | (fields, None) => fields,
        (Some(None), Some(_)) | (Some(_), Some(None)) => Some(None),
        (Some(Some(mut fields)), Some(Some(more))) => {
            fields.extend(more);
            Some(Some(fields))
        }
    }
}

/// The stages, and those of pipelines that work on their rows.
fn own_stages<'p>(stages: &'p [Stage], found: &mut Vec<&'p Stage>) {
    for stage in stages {
        found.push(stage);
        if let Op::Appendpipe(inner) = &stage.op {
            own_stages(inner, found);
        }
    }
}

fn in_stages<'p>(stages: &'p [Stage], found: &mut Vec<&'p Plan>) {
    for stage in stages {
        if let Some(filter) = filter_of(&stage.op) {
            in_predicate(filter, found);
        }
        match &stage.op {
            Op::Append(plan) | Op::Appendcols { right: plan, .. } | Op::Map { checked: plan, .. } => add(plan, found),
            Op::Join(join) => add(&join.right, found),
            Op::Appendpipe(inner) => in_stages(inner, found),
            _ => {}
        }
    }
}

fn in_predicate<'p>(predicate: &'p Predicate, found: &mut Vec<&'p Plan>) {
    match predicate {
        Predicate::And(terms) | Predicate::Or(terms) => terms.iter().for_each(|term| in_predicate(term, found)),
        Predicate::Not(term) => in_predicate(term, found),
        Predicate::Subsearch(plan) => add(plan, found),
        _ => {}
    }
}

fn add<'p>(plan: &'p Plan, found: &mut Vec<&'p Plan>) {
    found.push(plan);
    in_stages(&plan.stages, found);
}
