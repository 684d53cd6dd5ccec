//! `outlier`: numbers far from the others are cut to the limit, or their rows dropped.
//!
//! Source: Search Reference, "outlier": far is beyond the 25th percentile less, or the 75th plus, `param` interquartile ranges.
//! Percentiles are those of `stats`; a field is numeric where it holds a number, its other values are left
//! alone; internal fields are taken only when they are named (our reading).

use datafusion::common::Result;
use plan::Outlier;

use crate::aggregate::interpolated;
use crate::column::{Item, Kind, Output};
use crate::convert::number_text;
use crate::table::Table;

pub(super) fn apply(mut table: Table, outlier: &Outlier) -> Result<Table> {
    let names: Vec<String> = match outlier.fields.as_slice() {
        [] => table.columns().iter().map(|(name, _)| name).filter(|name| !name.starts_with('_')).cloned().collect(),
        fields => fields.to_vec(),
    };
    let mut dropped = vec![false; table.len()];
    for name in &names {
        let Some(limits) = limits(&table, name, outlier)? else { continue };
        if outlier.remove {
            let Some(input) = table.input(name)? else { continue };
            for (row, dropped) in dropped.iter_mut().enumerate() {
                *dropped |= input.number(row).is_some_and(|number| limits.cut(number).is_some());
            }
        } else {
            cut(&mut table, name, &limits, outlier.mark)?;
        }
    }
    if !outlier.remove {
        return Ok(table);
    }
    let kept = dropped.iter().enumerate().filter(|(_, dropped)| !**dropped).map(|(row, _)| Some(row));
    table.take(&kept.collect::<Vec<_>>())
}

/// Between these a number is none of the outliers.
struct Limits {
    lower: Option<f64>,
    upper: f64,
}

impl Limits {
    /// The limit that a number is beyond.
    fn cut(&self, number: f64) -> Option<f64> {
        if number > self.upper { Some(self.upper) } else { self.lower.filter(|lower| number < *lower) }
    }
}

fn limits(table: &Table, name: &str, outlier: &Outlier) -> Result<Option<Limits>> {
    let Some(input) = table.input(name)? else { return Ok(None) };
    let mut numbers: Vec<f64> = (0..table.len()).filter_map(|row| input.number(row)).collect();
    numbers.sort_by(f64::total_cmp);
    let quartiles = interpolated(&numbers, 25.0).zip(interpolated(&numbers, 75.0));
    Ok(quartiles.map(|(first, third)| {
        let distance = outlier.param * (third - first);
        Limits { lower: (!outlier.upper_only).then_some(first - distance), upper: third + distance }
    }))
}

fn cut(table: &mut Table, name: &str, limits: &Limits, mark: bool) -> Result<()> {
    let (Some(input), Some(kind)) = (table.input(name)?, table.kind(name)) else { return Ok(()) };
    // A marked number is text: `000` and the limit.
    let kind = if mark { Kind::unify([kind, Kind::Text]) } else { Kind::unify([kind, Kind::Number]) };
    let mut output = Output::new(kind, table.len());
    for row in 0..table.len() {
        let limit = input.number(row).and_then(|number| limits.cut(number));
        output.push(match limit {
            Some(limit) if mark => Item::Text(format!("000{}", number_text(limit)).into()),
            Some(limit) => Item::Number(limit),
            None => input.item(row),
        });
    }
    table.set(name, kind, output.finish());
    Ok(())
}
