//! What searches read and write besides the tables of a lake: lookups, models, where addresses are.
//!
//! A search works on a fork: it sees at once what it writes, others see it when the caller merges the fork. Merging in
//! the order of the jobs makes the outcome the same for any number of threads.

use std::sync::Arc;

use crate::lookup::{LookupError, LookupStore, MemoryLookups};
use crate::{Geo, Models};

/// The stores that a run of searches shares. Cheap to clone: clones share what is written.
#[derive(Debug, Clone)]
pub struct Stores {
    /// The names that a search made while another one runs (`map`, `foreach`) is checked against.
    pub names: Arc<plan::Names>,
    /// Lookup tables.
    pub lookups: Arc<dyn LookupStore>,
    /// Fitted models.
    pub models: Arc<Models>,
    /// Where addresses are, when the user gives a database.
    pub geo: Option<Arc<Geo>>,
}

impl Default for Stores {
    fn default() -> Self {
        Self::new(Arc::default(), Arc::new(MemoryLookups::default()), None)
    }
}

impl Stores {
    /// Stores that begin with these.
    pub fn new(names: Arc<plan::Names>, lookups: Arc<dyn LookupStore>, geo: Option<Arc<Geo>>) -> Self {
        Self { names, lookups, models: Arc::default(), geo }
    }

    /// The same stores, with writes kept apart until they are merged.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self {
            lookups: Arc::new(MemoryLookups::over(Arc::clone(&self.lookups))),
            models: Arc::new(Models::over(Arc::clone(&self.models))),
            ..self.clone()
        }
    }

    /// Do what was done in a fork of these stores.
    ///
    /// # Errors
    /// When a table cannot be written.
    pub fn merge(&self, fork: &Self) -> Result<(), LookupError> {
        for (name, write) in fork.lookups.writes() {
            self.lookups.write(&name, write)?;
        }
        for (name, stored) in fork.models.writes() {
            self.models.set(&name, stored);
        }
        Ok(())
    }
}
