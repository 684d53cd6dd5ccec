//! `iplocation`: where an address is, from a database that the user gives.
//!
//! Source: Search Reference, "iplocation". An address that the database does not have gets no field; what it does not know
//! of one that it has is empty text. Of several addresses each is looked up, and those without a place give nothing (our
//! reading).

use std::sync::Arc;

use datafusion::common::{DataFusionError, Result, exec_datafusion_err};
use plan::Iplocation;

use crate::EngineError;
use crate::column::{Input, Kind, Output};
use crate::env::Env;
use crate::frame::Frame;
use crate::geo::{Geo, Part};

pub(super) fn apply(env: &Env<'_>, frame: Frame, op: &Iplocation) -> Result<Result<Frame>, EngineError> {
    let geo = env.stores.geo.clone().ok_or(EngineError::NoGeo)?;
    Ok(located(frame, op, geo))
}

fn located(frame: Frame, op: &Iplocation, geo: Arc<Geo>) -> Result<Frame> {
    let parts = op
        .outputs
        .iter()
        .map(|(part, _)| Part::find(part).ok_or_else(|| exec_datafusion_err!("a location has no `{part}`")));
    let parts: Vec<Part> = parts.collect::<Result<_>>()?;
    let multi = if frame.kind(&op.field) == Some(Kind::Multi) { Kind::Multi } else { Kind::Text };
    let mut inputs = vec![op.field.clone()];
    let mut made = Vec::with_capacity(parts.len());
    let mut outputs = Vec::with_capacity(parts.len());
    for (_, output) in &op.outputs {
        let known = frame.kind(output);
        let kind = Kind::unify(std::iter::once(multi).chain(known));
        made.push((kind, known.map(|_| inputs.len())));
        inputs.extend(known.map(|_| output.clone()));
        outputs.push((output.clone(), kind));
    }
    let languages = op.languages.clone();
    frame.extend("iplocation", format!("{op:?}"), &inputs, &outputs, move |inputs, rows| {
        let mut columns: Vec<Output> = made.iter().map(|(kind, _)| Output::new(*kind, rows)).collect();
        for row in 0..rows {
            let places = places(&geo, inputs, row, &parts, &languages)?;
            for (at, (column, (_, known))) in columns.iter_mut().zip(&made).enumerate() {
                match known.and_then(|known| inputs.get(known)) {
                    // No field is added, so one that is there stays.
                    Some(known) if places.is_empty() => column.push(known.item(row)),
                    _ => column.push_values(&places.iter().filter_map(|place| place.get(at)).collect::<Vec<_>>()),
                }
            }
        }
        Ok(columns.into_iter().map(Output::finish).collect())
    })
}

/// The places of a row's addresses.
fn places(geo: &Geo, inputs: &[Input], row: usize, parts: &[Part], languages: &[String]) -> Result<Vec<Vec<String>>> {
    let mut places = Vec::new();
    for address in inputs.first().map(|input| input.values(row)).unwrap_or_default() {
        let place = geo.locate(&address, parts, languages);
        places.extend(place.map_err(|error| DataFusionError::External(Box::new(error)))?);
    }
    Ok(places)
}
