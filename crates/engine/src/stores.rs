//! What searches read and write beside the tables of a lake.

use std::sync::Arc;

/// Lookups and models, shared by the searches of a run.
#[derive(Debug, Clone, Default)]
pub struct Stores {
    /// The names that a search made while another one runs (`map`, `foreach`) is checked against.
    pub names: Arc<plan::Names>,
}
