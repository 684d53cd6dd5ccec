//! What a set of searches reads: nothing else is computed when logs are normalised.

use std::collections::BTreeSet;

use normalize::Needs;
use plan::{Op, Plan};

/// The union of what the plans read, with the searches inside them.
pub fn needs_of<'p>(plans: impl IntoIterator<Item = &'p Plan>) -> Needs {
    let mut datasets = BTreeSet::new();
    let mut with_raw = BTreeSet::new();
    let mut events: Option<Option<BTreeSet<String>>> = None;
    let mut metrics = false;
    for plan in plans {
        metrics |= plan.scans().iter().any(|scan| matches!(scan.op, Op::Mstats(_) | Op::Mcatalog(_)));
        for stage in plan.all_stages() {
            match &stage.op {
                Op::Tstats(tstats) => {
                    let read = tstats.source.datasets().iter().chain(&tstats.children);
                    datasets.extend(read.map(|dataset| dataset.id));
                }
                Op::ScanDataset(scan) => {
                    datasets.insert(scan.dataset.id);
                    with_raw.insert(scan.dataset.id);
                }
                _ => (),
            }
        }
        for plan in std::iter::once(plan).chain(plan.nested()) {
            events = both(events, plan.event_fields.clone());
        }
    }
    Needs { datasets: Some(datasets), with_raw, events, metrics }
}

/// The fields of two raw scans: `None` is no scan, `Some(None)` all fields.
fn both(
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
