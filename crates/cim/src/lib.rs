//! The Common Information Model: data models, datasets, fields, constraints and calculated fields as typed data.
//!
//! Start from [`MODELS`] and [`find_dataset`]. Field names stand here without the dataset's prefix:
//! `Processes.process_name` in a search is field `process_name` of dataset `Endpoint.Processes`.
//!
//! ```
//! let processes = cim::find_dataset("Endpoint", "Processes").unwrap();
//! assert_eq!(processes.tags, ["process", "report"]);
//! assert_eq!(processes.field("user").unwrap().calculation, cim::Calculation::Default("unknown"));
//! ```
//!
//! Invariants: data only: nothing is read, nothing is computed over events (that is `normalize`).

#[cfg(test)]
mod tests;

mod model;
mod models;

pub use model::{Calculation, Condition, DataModel, Dataset, DatasetId, Field, FieldKind, Scheme};
pub use models::MODELS;

/// The version of the Common Information Model that the data follows.
pub const VERSION: &str = "6.0.0";

/// The data model of a name, exact case as in Splunk.
pub fn find_model(name: &str) -> Option<&'static DataModel> {
    MODELS.iter().copied().find(|model| model.name == name)
}

/// The dataset of a model: `("Endpoint", "Processes")`.
pub fn find_dataset(model: &str, dataset: &str) -> Option<&'static Dataset> {
    find_model(model)?.datasets.iter().copied().find(|candidate| candidate.id.dataset == dataset)
}

/// The dataset that `FROM datamodel=MODEL` without a dataset means: the model's root.
pub fn root_dataset(model: &str) -> Option<&'static Dataset> {
    find_model(model)?.datasets.first().copied()
}
