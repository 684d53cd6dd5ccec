//! How a lookup's table is searched (manual: transforms.conf).

use super::Computed;

/// How a field of the table is compared (`match_type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum MatchType {
    /// The same text.
    #[default]
    Exact,
    /// `*` in the table's value is any text.
    Wildcard,
    /// The table's value is a network in CIDR notation, or an address.
    Cidr,
}

/// What is behind a lookup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookupKind {
    /// A CSV file.
    File,
    /// A collection of the key-value store. What is written keeps these fields only.
    Collection {
        /// `fields_list`
        fields: Vec<String>,
    },
    /// No table: each value is computed from the row.
    Computed(Computed),
}

/// A lookup whose rows hold for a time (`time_field`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TimeBound {
    /// The table's field with the time.
    pub field: String,
    /// `strptime` letters; epoch seconds by default.
    pub format: Option<String>,
    /// Least seconds from the table's time to the row's.
    pub min_offset: i64,
    /// Most seconds.
    pub max_offset: i64,
}

/// How a lookup is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookupDefinition {
    /// The table: the name of a file or of a collection. Several lookups may share one.
    pub table: String,
    /// What is behind it.
    pub kind: LookupKind,
    /// Fields that are not compared exactly.
    pub match_types: Vec<(MatchType, String)>,
    /// Whether letter case counts.
    pub case_sensitive: bool,
    /// Fewer matches are filled up with `default_match`.
    pub min_matches: usize,
    /// More matches are left out.
    pub max_matches: Option<usize>,
    /// The value of every output field where too little matches.
    pub default_match: String,
    /// Set for a time-bounded lookup.
    pub time: Option<TimeBound>,
}

impl LookupDefinition {
    /// A lookup by the name of a file: equality, and the defaults for all else.
    pub fn file(table: impl Into<String>) -> Self {
        Self {
            table: table.into(),
            kind: LookupKind::File,
            match_types: Vec::new(),
            case_sensitive: true,
            min_matches: 0,
            max_matches: None,
            default_match: String::new(),
            time: None,
        }
    }

    /// How a field of the table is compared.
    pub fn match_type(&self, field: &str) -> MatchType {
        self.match_types.iter().find(|(_, name)| name == field).map_or(MatchType::Exact, |(kind, _)| *kind)
    }

    /// Most matches for one value: 100, or the one nearest in time (manual: transforms.conf, since 7.2; it was 1000 before).
    pub fn most(&self) -> usize {
        let default = if self.time.is_some() { 1 } else { 100 };
        self.max_matches.unwrap_or(default).max(1)
    }
}
