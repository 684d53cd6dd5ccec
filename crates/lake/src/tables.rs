//! What the engine asks of a lake.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::datasource::TableProvider;
use normalize::TableId;
use text::Span;

use crate::LakeError;

/// Tables by name, wherever they are kept.
#[async_trait]
pub trait Tables: Send + Sync + std::fmt::Debug {
    /// The table; `None` when nothing was ever stored in it.
    async fn table(&self, id: &TableId) -> Result<Option<Arc<dyn TableProvider>>, LakeError>;

    /// What one scan of a search reads of a table: at least the rows that its condition holds for, and of these fields
    /// (`None` is all). `span` is the scan's place in the search.
    async fn scanned(
        &self,
        id: &TableId,
        span: Span,
        fields: Option<&BTreeSet<String>>,
    ) -> Result<Option<Arc<dyn TableProvider>>, LakeError> {
        let _ = (span, fields);
        self.table(id).await
    }

    /// The tables for a search that was made while another one ran (`map`); `None` where these tables do not tell scans apart.
    fn for_made(&self) -> Option<Box<dyn Tables + '_>> {
        None
    }

    /// True when rows are in memory: reading fewer of them then saves nothing.
    fn in_memory(&self) -> bool {
        false
    }

    /// The sourcetypes that have an events table, sorted.
    async fn sourcetypes(&self) -> Result<Vec<String>, LakeError>;
}
