//! What searches read and write beside the tables of a lake.

use std::sync::Arc;

use crate::Models;

/// Lookups and models, shared by the searches of a run.
#[derive(Debug, Clone, Default)]
pub struct Stores {
    /// The names that a search made while another one runs (`map`, `foreach`) is checked against.
    pub names: Arc<plan::Names>,
    /// Fitted models.
    pub models: Arc<Models>,
}

impl Stores {
    /// The same stores, with writes kept apart until they are merged.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self { models: Arc::new(Models::over(Arc::clone(&self.models))), ..self.clone() }
    }

    /// Do what was done in a fork of these stores.
    pub fn merge(&self, fork: &Self) {
        for (name, stored) in fork.models.writes() {
            self.models.set(&name, stored);
        }
    }
}
