//! Lookups as the generator sees them.

/// A lookup's rows, and how they are compared.
#[derive(Debug, Clone, Default)]
pub struct LookupTable {
    /// Its columns.
    pub columns: Vec<String>,
    /// Columns whose values hold `*` as wildcard.
    pub wildcards: Vec<String>,
    /// The rows, a value a column.
    pub rows: Vec<Vec<String>>,
    /// What outputs hold where no row matches.
    pub default_match: Option<String>,
    /// Nobody has given its rows: the generator may make them.
    pub fillable: bool,
}
