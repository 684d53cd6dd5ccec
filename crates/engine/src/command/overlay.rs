//! Columns that a command made of values, laid over the columns that there are.

use std::sync::Arc;

use datafusion::common::Result;

use crate::column::{Item, Kind, Output};
use crate::table::{Grid, Table};

/// Whose value stays where both have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wins {
    /// What was made.
    New,
    /// What there was.
    Old,
}

/// The table with the columns made for its rows. A row for which nothing was made keeps what it has.
pub(super) fn overlay(mut table: Table, made: Grid, wins: Wins) -> Result<Table> {
    let made = made.finish()?;
    for (name, kind) in made.columns() {
        let (Some(new), Some(array)) = (made.input(name)?, made.array(name)) else { continue };
        let (Some(old), Some(old_kind)) = (table.input(name)?, table.kind(name)) else {
            table.set(name, *kind, Arc::clone(array));
            continue;
        };
        let kind = Kind::unify([old_kind, *kind]);
        let mut output = Output::new(kind, table.len());
        for row in 0..table.len() {
            let (old, new) = (old.item(row), new.item(row));
            let (first, second) = if wins == Wins::New { (new, old) } else { (old, new) };
            output.push(if first == Item::Null { second } else { first });
        }
        table.set(name, kind, output.finish());
    }
    Ok(table)
}
