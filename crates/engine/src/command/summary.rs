//! `summary`, `listmodels`, `deletemodel`: the fitted models.
//!
//! Source: Machine Learning Toolkit User Guide, "Algorithms", "DensityFunction" (the columns of `summary`), "Search commands
//! for machine learning". The columns of `listmodels` are our reading.

use datafusion::common::Result as PlanResult;

use crate::EngineError;
use crate::density::Model;
use crate::env::Env;
use crate::frame::Frame;
use crate::table::{Cell, Grid, Table};

/// A model by name.
pub(super) fn read(env: &Env<'_>, name: &str) -> Result<Model, EngineError> {
    let failed = |problem: String| EngineError::Model { model: name.to_owned(), problem };
    let stored = env.stores.models.get(name).ok_or_else(|| missing(env, name))?;
    Model::read(&stored).map_err(|problem| failed(format!("what is stored cannot be read: {problem}")))
}

fn missing(env: &Env<'_>, name: &str) -> EngineError {
    let remedy = match env.stores.names.fitted.get(name) {
        Some(known) => format!("the baseline `{}` fits it", known.baseline),
        None => "run a search with `fit … into` first".to_owned(),
    };
    EngineError::NotFitted { model: name.to_owned(), remedy }
}

/// A row for each density of a model.
pub(crate) fn of_model(env: &Env<'_>, name: &str) -> Result<PlanResult<Frame>, EngineError> {
    let model = read(env, name)?;
    let groups = model.groups();
    let mut grid = Grid::new(groups.len());
    let columns = ["type", "min", "max", "mean", "std", "cardinality", "distance", "other"];
    model.by.iter().map(String::as_str).chain(columns).for_each(|column| grid.column(column));
    for (row, group) in groups.iter().enumerate() {
        for (field, value) in model.by.iter().zip(&group.key) {
            grid.set(row, field, Cell::Text(value.clone()));
        }
        grid.set(row, "type", Cell::Text(model.kind(group)));
        let numbers = [
            ("min", group.min),
            ("max", group.max),
            ("mean", group.mean()),
            ("std", group.std()),
            ("cardinality", group.cardinality),
        ];
        numbers.into_iter().for_each(|(column, number)| grid.set(row, column, Cell::Number(number)));
        grid.set(row, "distance", Cell::Text(model.distance(group)));
        grid.set(row, "other", group.other().map_or(Cell::Null, Cell::Text));
    }
    Ok(grid.finish().and_then(Table::into_frame))
}

/// A row for each model.
pub(crate) fn of_all(env: &Env<'_>) -> Result<PlanResult<Frame>, EngineError> {
    let names = env.stores.models.names();
    let mut grid = Grid::new(names.len());
    ["name", "type"].into_iter().for_each(|column| grid.column(column));
    for (row, name) in names.iter().enumerate() {
        let model = read(env, name)?;
        grid.set(row, "name", Cell::Text(name.clone()));
        grid.set(row, "type", Cell::Text(model.algorithm));
    }
    Ok(grid.finish().and_then(Table::into_frame))
}

/// Delete a model; no row comes of it.
pub(crate) fn delete(env: &Env<'_>, name: &str) -> Result<PlanResult<Frame>, EngineError> {
    if env.stores.models.get(name).is_none() {
        return Err(missing(env, name));
    }
    env.stores.models.set(name, None);
    Ok(Table::empty(0).into_frame())
}
