//! `apply`: rows labelled by a model that was fitted before.

use plan::Apply;

use super::models::{self, Labels};
use super::summary::read;
use crate::EngineError;
use crate::env::Env;
use crate::table::Table;

pub(super) fn apply(mut table: Table, env: &Env<'_>, apply: &Apply) -> Result<Table, EngineError> {
    // No row, no question: a search that found nothing does not need the model.
    if table.len() == 0 && env.stores.models.get(&apply.model).is_none() {
        return Ok(table);
    }
    let model = read(env, &apply.model)?;
    let (outlier, density) = models::names(&model.field);
    let labels = Labels {
        outlier: apply.output.clone().unwrap_or(outlier),
        thresholds: apply.thresholds.map_or(model.thresholds, models::thresholds),
        density: apply.show_density.unwrap_or(model.show_density).then_some(density),
    };
    models::label(&mut table, &model, &labels).map_err(|source| env.failed(source))?;
    Ok(table)
}
