//! What `outputlookup` does to a table.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Lookup, LookupError, LookupKind, LookupTable, LookupValue};

/// The field that names a row of a collection.
const KEY: &str = "_key";

/// Rows to write.
#[derive(Debug, Clone, PartialEq)]
pub struct LookupWrite {
    /// The rows.
    pub rows: Arc<LookupTable>,
    /// How.
    pub mode: WriteMode,
    /// The field whose value names the row to replace: of a collection only.
    pub key_field: Option<String>,
    /// Several values stay apart in a file too.
    pub multivalues: bool,
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteMode {
    /// They are all that the table holds afterwards.
    Replace,
    /// They come behind those there are; a row of a collection that has the key of another one takes its place.
    Append,
}

impl LookupWrite {
    /// The table after writing.
    pub(super) fn apply(&self, name: &str, lookup: &Lookup) -> Result<LookupTable, LookupError> {
        match &lookup.definition.kind {
            LookupKind::Computed(_) => Err(LookupError::NoRows { name: name.to_owned() }),
            LookupKind::File if self.key_field.is_some() => Err(LookupError::NoKeys { name: name.to_owned() }),
            LookupKind::File => Ok(self.to_file(&lookup.table)),
            LookupKind::Collection { fields } => Ok(self.to_collection(&lookup.table, fields)),
        }
    }

    /// Appending keeps the columns of the file: others are lost (manual: "outputlookup", "Append results"). Several values
    /// become one, with blanks between them (manual: "Multivalued fields"), unless asked for.
    fn to_file(&self, before: &LookupTable) -> LookupTable {
        let has_columns = before.columns().next().is_some();
        let mut table = match self.mode {
            WriteMode::Append if has_columns => before.clone(),
            _ => LookupTable::new(self.rows.columns().map(str::to_owned)),
        };
        for row in 0..self.rows.len() {
            let values: Vec<LookupValue> = table.columns().map(|name| self.in_file(self.value(row, name))).collect();
            table.push(values);
        }
        table
    }

    fn in_file(&self, value: LookupValue) -> LookupValue {
        match value {
            LookupValue::Many(texts) if !self.multivalues => LookupValue::of(&texts.join(" ")),
            value => value,
        }
    }

    fn value(&self, row: usize, column: &str) -> LookupValue {
        let value = self.rows.column(column).map(|at| self.rows.value(row, at));
        value.cloned().unwrap_or_default()
    }

    /// A collection keeps the fields that its definition lists. A row without a key gets one.
    fn to_collection(&self, before: &LookupTable, fields: &[String]) -> LookupTable {
        let key_at = fields.iter().position(|field| field == KEY);
        let mut rows: Vec<Vec<LookupValue>> = Vec::new();
        let mut places: HashMap<LookupValue, usize> = HashMap::new();
        if self.mode == WriteMode::Append {
            for row in 0..before.len() {
                let values = fields.iter().map(|field| before.column(field).map(|at| before.value(row, at)));
                let values: Vec<LookupValue> = values.map(|value| value.cloned().unwrap_or_default()).collect();
                key_at.and_then(|at| values.get(at)).map(|key| places.insert(key.clone(), rows.len()));
                rows.push(values);
            }
        }
        let mut next = rows.len();
        for row in 0..self.rows.len() {
            let mut values: Vec<LookupValue> = fields.iter().map(|field| self.value(row, field)).collect();
            let given =
                self.key_field.as_ref().map(|field| self.value(row, field)).filter(|key| *key != LookupValue::Null);
            if let Some(key) = key_at.and_then(|at| values.get_mut(at)) {
                *key = given.unwrap_or_else(|| std::mem::take(key));
                if *key == LookupValue::Null {
                    *key = free_key(&mut next, &places);
                }
                let place = *places.entry(key.clone()).or_insert(rows.len());
                if let Some(slot) = rows.get_mut(place) {
                    *slot = values;
                    continue;
                }
            }
            rows.push(values);
        }
        let mut table = LookupTable::new(fields.iter().cloned());
        rows.into_iter().for_each(|row| table.push(row));
        table
    }
}

/// Splunk's keys are 24 hexadecimal digits made of the time and chance; ours count, so that the same searches give the
/// same tables.
fn free_key(next: &mut usize, taken: &HashMap<LookupValue, usize>) -> LookupValue {
    loop {
        *next += 1;
        let key = LookupValue::of(&format!("{next:024x}"));
        if !taken.contains_key(&key) {
            return key;
        }
    }
}
