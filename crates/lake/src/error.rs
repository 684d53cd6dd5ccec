//! What can go wrong with tables.

use datafusion::arrow::error::ArrowError;
use datafusion::error::DataFusionError;
use datafusion::parquet::errors::ParquetError;
use deltalake::DeltaTableError;

/// Why a table cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LakeError {
    /// The rows' columns do not fit together, or a batch holds more than 2 GiB of text in one column.
    #[error("column `{column}` cannot be stored")]
    Column {
        /// The column.
        column: String,
        /// What Arrow says.
        source: ArrowError,
    },
    /// Batches cannot be put together.
    #[error("rows of `{table}` cannot be put together")]
    Merge {
        /// The table.
        table: String,
        /// What Arrow says.
        source: ArrowError,
    },
    /// DataFusion cannot read a table.
    #[error("table `{table}` cannot be read")]
    Provider {
        /// The table.
        table: String,
        /// What DataFusion says.
        source: Box<DataFusionError>,
    },
    /// A Delta Lake table cannot be read or written.
    #[error("Delta table `{table}` cannot be {what}")]
    Delta {
        /// The table.
        table: String,
        /// What was tried: `read`, `written`, `listed`, `compacted`.
        what: &'static str,
        /// What delta-rs says.
        source: Box<DeltaTableError>,
    },
    /// A file of a table cannot be read.
    #[error("a Parquet file of `{table}` cannot be read")]
    Parquet {
        /// The table.
        table: String,
        /// What the reader says.
        source: ParquetError,
    },
    /// Rows of a table were deleted by another tool in a way that the shared scan does not follow.
    #[error(
        "`{table}` has deletion vectors: rewrite it without them (with Delta's `REORG … APPLY (PURGE)`), or search with --each-search-alone"
    )]
    Deleted {
        /// The table.
        table: String,
    },
    /// The lake's place is no path or URL that can be opened.
    #[error("`{root}` is no place for a lake")]
    Root {
        /// As given.
        root: String,
        /// What delta-rs says.
        source: Box<DeltaTableError>,
    },
}
