//! Lookups: tables that rows are compared with.
//!
//! A [`LookupTable`] is columns and rows; a [`LookupDefinition`] says how it is searched; a [`LookupStore`] keeps both by
//! name. The commands `lookup`, `inputlookup` and `outputlookup` know the store, and nothing of files.
//!
//! Invariants: no row of results is compared with every row of a table (exact values, literal fragments of patterns and
//! networks are indexed once a table); matches come in the order of the table, of a time-bounded lookup the nearest first.

mod computed;
mod definition;
mod fragments;
mod index;
mod networks;
mod store;
mod table;
mod write;

#[cfg(test)]
mod tests;

pub use computed::Computed;
pub use definition::{LookupDefinition, LookupKind, MatchType, TimeBound};
pub(crate) use index::Matcher;
pub use store::{Lookup, LookupStore, MemoryLookups};
pub use table::{LookupTable, LookupValue};
pub use write::{LookupWrite, WriteMode};

/// Why a lookup cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum LookupError {
    /// No lookup of this name.
    #[error("no lookup is called `{name}`")]
    Unknown {
        /// The name.
        name: String,
    },
    /// The table has no such column.
    #[error("lookup `{name}` has no field `{field}`")]
    NoField {
        /// The lookup.
        name: String,
        /// The field.
        field: String,
    },
    /// The lookup is computed: it has no rows to read or write.
    #[error("lookup `{name}` is computed; it has no rows")]
    NoRows {
        /// The lookup.
        name: String,
    },
    /// Rows of a file have no keys.
    #[error("`key_field` needs a lookup over a key-value collection, and `{name}` is over a file")]
    NoKeys {
        /// The lookup.
        name: String,
    },
}
