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
                Op::Mstats(_) | Op::Mcatalog(_) => metrics = true,
                _ => (),
            }
        }
        events = plan::both_fields(events, plan.all_event_fields());
    }
    Needs { datasets: Some(datasets), with_raw, events, metrics }
}
