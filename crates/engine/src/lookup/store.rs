//! Where lookups are kept.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{LookupDefinition, LookupError, LookupKind, LookupTable, LookupWrite};

/// A lookup ready to be searched.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// How it is searched.
    pub definition: Arc<LookupDefinition>,
    /// Its rows; none for a computed lookup, or before anything was written.
    pub table: Arc<LookupTable>,
}

/// Lookups by name.
pub trait LookupStore: Send + Sync + fmt::Debug {
    /// How the lookup of this name is searched; `None` when there is none. A file is a lookup by its own name.
    fn definition(&self, name: &str) -> Option<Arc<LookupDefinition>>;

    /// The rows of a file or collection; `None` before there are any.
    ///
    /// # Errors
    /// When the table is there and cannot be read.
    fn table(&self, table: &str) -> Result<Option<Arc<LookupTable>>, LookupError>;

    /// Write rows to the lookup of this name.
    ///
    /// # Errors
    /// When there is no such lookup or its rows cannot be written.
    fn write(&self, name: &str, write: LookupWrite) -> Result<(), LookupError>;

    /// What was written since the store was made, where it keeps account of it: see [`MemoryLookups::over`].
    fn writes(&self) -> Vec<(String, LookupWrite)>;

    /// The lookup of this name.
    ///
    /// # Errors
    /// When its table cannot be read.
    fn get(&self, name: &str) -> Result<Option<Lookup>, LookupError> {
        let Some(definition) = self.definition(name) else { return Ok(None) };
        let table = match self.table(&definition.table)? {
            Some(table) => table,
            None => Arc::new(empty(&definition.kind)),
        };
        Ok(Some(Lookup { definition, table }))
    }
}

/// The columns of a collection are known before it has rows.
fn empty(kind: &LookupKind) -> LookupTable {
    match kind {
        LookupKind::Collection { fields } => LookupTable::new(fields.iter().cloned()),
        LookupKind::File | LookupKind::Computed(_) => LookupTable::default(),
    }
}

/// Lookups in memory: the store of a run, or over another store what one search has written so far.
#[derive(Debug, Default)]
pub struct MemoryLookups {
    base: Option<Arc<dyn LookupStore>>,
    definitions: BTreeMap<String, Arc<LookupDefinition>>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    tables: BTreeMap<String, Source>,
    writes: Vec<(String, LookupWrite)>,
}

/// A table, or the text of one that nobody has asked for yet: content has many and a run reads few.
enum Source {
    Csv(Arc<str>),
    Table(Arc<LookupTable>),
}

impl MemoryLookups {
    /// A store that reads through to another one and keeps what is written to itself.
    pub fn over(base: Arc<dyn LookupStore>) -> Self {
        Self { base: Some(base), ..Self::default() }
    }

    /// Define a lookup.
    pub fn define(&mut self, name: impl Into<String>, definition: LookupDefinition) {
        self.definitions.insert(name.into(), Arc::new(definition));
    }

    /// Set the rows of a file or collection.
    pub fn set_table(&mut self, table: impl Into<String>, rows: LookupTable) {
        self.state().tables.insert(table.into(), Source::Table(Arc::new(rows)));
    }

    /// Set the rows of a file or collection from comma-separated values, read when first asked for.
    pub fn set_csv(&mut self, table: impl Into<String>, text: impl Into<Arc<str>>) {
        self.state().tables.insert(table.into(), Source::Csv(text.into()));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LookupStore for MemoryLookups {
    fn definition(&self, name: &str) -> Option<Arc<LookupDefinition>> {
        let known = self.definitions.get(name).cloned();
        let known = known.or_else(|| self.base.as_ref()?.definition(name));
        known.or_else(|| is_file(name).then(|| Arc::new(LookupDefinition::file(name))))
    }

    fn table(&self, table: &str) -> Result<Option<Arc<LookupTable>>, LookupError> {
        let mut state = self.state();
        if let Some(source) = state.tables.get_mut(table) {
            if let Source::Csv(text) = source {
                *source = Source::Table(Arc::new(LookupTable::from_csv(text)));
            }
            if let Source::Table(rows) = source {
                return Ok(Some(Arc::clone(rows)));
            }
        }
        drop(state);
        self.base.as_ref().map_or(Ok(None), |base| base.table(table))
    }

    fn write(&self, name: &str, write: LookupWrite) -> Result<(), LookupError> {
        let lookup = self.get(name)?.ok_or_else(|| LookupError::Unknown { name: name.to_owned() })?;
        let written = write.apply(name, &lookup)?;
        let mut state = self.state();
        state.tables.insert(lookup.definition.table.clone(), Source::Table(Arc::new(written)));
        // Only a fork is ever merged; the store itself would keep every row twice.
        if self.base.is_some() {
            state.writes.push((name.to_owned(), write));
        }
        Ok(())
    }

    fn writes(&self) -> Vec<(String, LookupWrite)> {
        self.state().writes.clone()
    }
}

fn is_file(name: &str) -> bool {
    name.get(name.len().saturating_sub(4)..).is_some_and(|end| end.eq_ignore_ascii_case(".csv"))
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.tables.keys()).finish()
    }
}
