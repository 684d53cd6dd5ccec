//! Lookups as the generator sees them: rows to choose from, or a table that it may fill.

use engine::Stores;
use engine::lookup::{Lookup, LookupKind, LookupWrite, MatchType, WriteMode};

/// A lookup's rows, and how they are compared.
#[derive(Debug, Clone, Default)]
pub(crate) struct LookupTable {
    /// Its columns.
    pub(crate) columns: Vec<String>,
    /// Columns whose values hold `*` as wildcard.
    pub(crate) wildcards: Vec<String>,
    /// The rows, a value a column; empty where there is none.
    pub(crate) rows: Vec<Vec<String>>,
    /// What outputs hold where no row matches.
    pub(crate) default_match: Option<String>,
    /// It has no table: values are computed.
    pub(crate) computed: bool,
}

impl LookupTable {
    /// The lookup of a name; one that is not known is empty.
    pub(crate) fn of(stores: &Stores, name: &str) -> Self {
        // A table that cannot be read has no rows to choose from; the run says what is wrong with it.
        let Some(Lookup { definition, table }) = stores.lookups.get(name).ok().flatten() else {
            return Self::default();
        };
        let columns: Vec<String> = table.columns().map(str::to_owned).collect();
        let cell = |row: usize, column: usize| table.value(row, column).values().next().unwrap_or_default().to_owned();
        let rows = (0..table.len()).map(|row| (0..columns.len()).map(|column| cell(row, column)).collect());
        let wildcards = definition.match_types.iter().filter(|(kind, _)| *kind != MatchType::Exact);
        Self {
            rows: rows.collect(),
            wildcards: wildcards.map(|(_, name)| name.clone()).collect(),
            default_match: (definition.min_matches > 0).then(|| definition.default_match.clone()),
            computed: matches!(definition.kind, LookupKind::Computed(_)),
            columns,
        }
    }
}

/// Put rows behind those of a lookup.
pub(crate) fn fill(stores: &Stores, name: &str, rows: &[Vec<(String, String)>]) -> Result<(), engine::EngineError> {
    let mut columns: Vec<String> = Vec::new();
    for (column, _) in rows.iter().flatten() {
        if !columns.contains(column) {
            columns.push(column.clone());
        }
    }
    let mut table = engine::lookup::LookupTable::new(columns.iter().cloned());
    for row in rows {
        let cell = |column: &String| {
            let text = row.iter().find(|(name, _)| name == column).map_or("", |(_, text)| text.as_str());
            engine::lookup::LookupValue::of(text)
        };
        table.push(columns.iter().map(cell).collect::<Vec<_>>());
    }
    let write =
        LookupWrite { rows: std::sync::Arc::new(table), mode: WriteMode::Append, key_field: None, multivalues: true };
    Ok(stores.lookups.write(name, write)?)
}
