//! The `Endpoint` data model.

use crate::{DataModel, Dataset, DatasetId};

/// See the module's documentation.
pub(crate) static MODEL: DataModel = DataModel { name: "Endpoint", version: "6.0.0", datasets: &[&PROCESSES] };

static PROCESSES: Dataset = Dataset {
    id: DatasetId { model: "Endpoint", dataset: "Processes" },
    parent: None,
    tags: &["process", "report"],
    fields: &[],
};
