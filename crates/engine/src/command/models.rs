//! What `fit` and `apply` share: rows get the outliers of their group's density.

use std::collections::HashMap;

use datafusion::common::Result;

use crate::column::{Input, Item, Kind, Output};
use crate::density::{Group, Model, Region, Thresholds};
use crate::table::Table;

/// What rows get of a model.
pub(super) struct Labels {
    /// The name of the labels.
    pub(super) outlier: String,
    /// The area of outliers.
    pub(super) thresholds: Thresholds,
    /// The name of the density, where it is shown.
    pub(super) density: Option<String>,
}

/// A group with its outliers.
struct Known<'m> {
    group: &'m Group,
    regions: Vec<Region>,
    texts: Vec<String>,
}

/// Add `BoundaryRanges`, the labels and the density.
///
/// A row whose group the model does not know, or that lacks a number, gets none of them: nothing is known of it (our
/// reading; the manual does not say).
pub(super) fn label(table: &mut Table, model: &Model, labels: &Labels) -> Result<()> {
    let rows = table.len();
    let numbers = table.input(&model.field)?;
    let groups = groups_of(table, &model.by)?;
    let mut known: HashMap<Vec<String>, Option<Known<'_>>> = HashMap::new();
    let mut ranges = Output::new(Kind::Multi, rows);
    let mut outliers = Output::new(Kind::Number, rows);
    let mut densities = Output::new(Kind::Number, rows);
    for row in 0..rows {
        let number = numbers.as_ref().and_then(|numbers| numbers.number(row));
        let key = key_of(&groups, row);
        let found = number.zip(key).and_then(|(number, key)| {
            let known = known.entry(key).or_insert_with_key(|key| look_up(model, key, labels.thresholds));
            Some((number, known.as_ref()?))
        });
        let Some((number, found)) = found else {
            [&mut ranges, &mut outliers, &mut densities].into_iter().for_each(|output| output.push(Item::Null));
            continue;
        };
        ranges.push_values(&found.texts);
        let outlies = found.regions.iter().any(|region| region.holds(number));
        outliers.push(Item::Number(if outlies { 1.0 } else { 0.0 }));
        densities.push(found.group.density(number).map_or(Item::Null, Item::Number));
    }
    table.set("BoundaryRanges", Kind::Multi, ranges.finish());
    table.set(&labels.outlier, Kind::Number, outliers.finish());
    if let Some(name) = &labels.density {
        table.set(name, Kind::Number, densities.finish());
    }
    Ok(())
}

fn look_up<'m>(model: &'m Model, key: &[String], thresholds: Thresholds) -> Option<Known<'m>> {
    let group = model.group(key)?;
    let regions = group.regions(thresholds);
    let texts = regions.iter().map(Region::text).collect();
    Some(Known { group, regions, texts })
}

/// The columns of by-fields; `None` where one does not exist.
pub(super) fn groups_of(table: &Table, by: &[String]) -> Result<Option<Vec<Input>>> {
    by.iter().map(|field| table.input(field)).collect()
}

/// The values of a row's by-fields; `None` where it lacks one.
pub(super) fn key_of(groups: &Option<Vec<Input>>, row: usize) -> Option<Vec<String>> {
    groups.as_ref()?.iter().map(|group| group.text(row).map(std::borrow::Cow::into_owned)).collect()
}

/// The name of the labels and of the density of a field.
pub(super) fn names(field: &str) -> (String, String) {
    (format!("IsOutlier({field})"), format!("ProbabilityDensity({field})"))
}

/// A plan's thresholds as the density's.
pub(super) fn thresholds(thresholds: plan::Thresholds) -> Thresholds {
    match thresholds {
        plan::Thresholds::Total(area) => Thresholds::Total(area),
        plan::Thresholds::Sides { lower, upper } => Thresholds::Sides { lower, upper },
    }
}
