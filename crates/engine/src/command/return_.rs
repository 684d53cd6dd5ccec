//! `return`: fields of the first rows as search terms in one field.
//!
//! Source: Search Reference, "return": rows are joined by `OR`, and each stands in parentheses. A field without a value is
//! left out, and so is a row without any; without rows it is what `format` writes then (our reading). `$field` gives the value as it stands, without quotes.

use datafusion::common::Result;

use super::format::{one, quoted};
use crate::table::Table;

pub(super) fn apply(table: &Table, count: u64, items: &[(Option<String>, String)]) -> Result<Table> {
    let most = usize::try_from(count).unwrap_or(usize::MAX);
    let mut inputs = Vec::new();
    for (name, field) in items {
        inputs.extend(table.input(field)?.map(|input| (name, input)));
    }
    let mut rows = Vec::new();
    for row in 0..table.len().min(most) {
        let mut terms = Vec::new();
        for (name, input) in &inputs {
            // Several values are one text, as everywhere else.
            if let Some(value) = input.text(row) {
                terms.push(match name {
                    Some(name) => format!("{name}={}", quoted(&value)),
                    None => value.into_owned(),
                });
            }
        }
        if !terms.is_empty() {
            rows.push(format!("({})", terms.join(" ")));
        }
    }
    one("search", if rows.is_empty() { "NOT ()".to_owned() } else { rows.join(" OR ") })
}
