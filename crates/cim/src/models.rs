//! The data models that Weir knows, one file each.

mod endpoint;

use crate::DataModel;

/// All data models, by name.
pub const MODELS: &[&DataModel] = &[&endpoint::MODEL];
