//! The data models that Weir knows, one file each.

mod alerts;
mod authentication;
mod build;
mod certificates;
mod change;
mod change_analysis;
mod email;
mod endpoint;
mod intrusion_detection;
mod network_resolution;
mod network_sessions;
mod network_traffic;
mod risk;
mod updates;
mod vulnerabilities;
mod web;

use crate::DataModel;

/// All data models, by name.
pub const MODELS: &[&DataModel] = &[
    &alerts::MODEL,
    &authentication::MODEL,
    &certificates::MODEL,
    &change::MODEL,
    &change_analysis::MODEL,
    &email::MODEL,
    &endpoint::MODEL,
    &intrusion_detection::MODEL,
    &network_resolution::MODEL,
    &network_sessions::MODEL,
    &network_traffic::MODEL,
    &risk::MODEL,
    &updates::MODEL,
    &vulnerabilities::MODEL,
    &web::MODEL,
];
