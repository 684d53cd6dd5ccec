//! What a set of searches reads: nothing else is computed when logs are normalised.

use std::collections::BTreeSet;

use normalize::Needs;
use plan::{Op, Plan};

/// The union of what the plans read.
pub fn needs_of<'p>(plans: impl IntoIterator<Item = &'p Plan>) -> Needs {
    let mut datasets = BTreeSet::new();
    let mut events: Option<Option<BTreeSet<String>>> = None;
    let mut metrics = false;
    for plan in plans {
        metrics |= plan.scans().iter().any(|scan| matches!(scan.op, Op::Mstats(_) | Op::Mcatalog(_)));
        for stage in &plan.stages {
            if let Op::Tstats(tstats) = &stage.op {
                datasets.insert(tstats.dataset.id);
            }
        }
        events = match (events, plan.event_fields.clone()) {
            (None, fields) | (fields, None) => fields,
            (Some(None), Some(_)) | (Some(_), Some(None)) => Some(None),
            (Some(Some(mut fields)), Some(Some(more))) => {
                fields.extend(more);
                Some(Some(fields))
            }
        };
    }
    Needs { datasets: Some(datasets), events, metrics }
}
