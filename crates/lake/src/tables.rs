//! What the engine asks of a lake.

use std::sync::Arc;

use async_trait::async_trait;
use datafusion::datasource::TableProvider;
use normalize::TableId;

use crate::LakeError;

/// Tables by name, wherever they are kept.
#[async_trait]
pub trait Tables: Send + Sync + std::fmt::Debug {
    /// The table; `None` when nothing was ever stored in it.
    async fn table(&self, id: &TableId) -> Result<Option<Arc<dyn TableProvider>>, LakeError>;

    /// The sourcetypes that have an events table, sorted.
    async fn sourcetypes(&self) -> Result<Vec<String>, LakeError>;
}
