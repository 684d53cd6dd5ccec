//! `fit DensityFunction`: a density for each group, kept as a model, and the rows labelled by it.
//!
//! Source: Machine Learning Toolkit User Guide, "Algorithms", "DensityFunction". Rows that lack the field or a by-field are
//! not fitted (manual: "About the fit and apply commands"); a field that holds text cannot be fitted.

use std::collections::BTreeMap;

use plan::Fit;

use super::models::{self, Labels, groups_of, key_of};
use crate::EngineError;
use crate::column::Item;
use crate::density::{Densities, Metric, Model, Settings, Thresholds};
use crate::env::Env;
use crate::table::Table;

/// The toolkit's limit.
const MOST_GROUPS: usize = 1024;

pub(super) fn apply(mut table: Table, env: &Env<'_>, fit: &Fit) -> Result<Table, EngineError> {
    let failed = |problem: String| EngineError::Model {
        model: fit.into.clone().unwrap_or_else(|| format!("DensityFunction {}", fit.field)),
        problem,
    };
    let groups = numbers(&table, fit).map_err(|source| env.failed(source))?.map_err(failed)?;
    if groups.len() > MOST_GROUPS {
        return Err(failed(format!("{} groups, and at most {MOST_GROUPS} are fitted", groups.len())));
    }
    let stored = Model::fit(&settings(fit), &groups).store().map_err(|error| failed(error.to_string()))?;
    // The rows are labelled by what `apply` will read, to the last digit.
    let model = Model::read(&stored).map_err(failed)?;
    if let Some(name) = &fit.into {
        env.stores.models.set(name, Some(stored));
    }
    let (outlier, density) = models::names(&model.field);
    let labels = Labels { outlier, thresholds: model.thresholds, density: model.show_density.then_some(density) };
    models::label(&mut table, &model, &labels).map_err(|source| env.failed(source))?;
    Ok(table)
}

fn settings(fit: &Fit) -> Settings {
    Settings {
        field: fit.field.clone(),
        by: fit.by.clone(),
        densities: match &fit.densities {
            plan::Densities::One(name) => Densities::One(name.clone()),
            plan::Densities::Nearest { except } => Densities::Nearest { except: except.clone() },
        },
        metric: match fit.metric {
            plan::Metric::Wasserstein => Metric::Wasserstein,
            plan::Metric::KolmogorovSmirnov => Metric::KolmogorovSmirnov,
        },
        thresholds: fit.thresholds.map_or_else(Thresholds::default, models::thresholds),
        show_density: fit.show_density,
    }
}

type Groups = BTreeMap<Vec<String>, Vec<f64>>;

/// The numbers of each group; the inner error is a value that is none.
fn numbers(table: &Table, fit: &Fit) -> datafusion::common::Result<Result<Groups, String>> {
    let mut groups = Groups::new();
    let Some(values) = table.input(&fit.field)? else {
        return Ok(Ok(groups));
    };
    let by = groups_of(table, &fit.by)?;
    for row in 0..table.len() {
        let item = values.item(row);
        let Some(key) = key_of(&by, row).filter(|_| item != Item::Null) else { continue };
        match item.number() {
            Some(number) => groups.entry(key).or_default().push(number),
            None => {
                let value = item.text().unwrap_or_default();
                return Ok(Err(format!("`{}` holds `{value}`, which is no number", fit.field)));
            }
        }
    }
    Ok(Ok(groups))
}
