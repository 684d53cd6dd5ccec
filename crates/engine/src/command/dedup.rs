//! `dedup`: the first rows of each combination of values stay, in their order. A row that lacks one of the fields is dropped.

use datafusion::common::Result;
use datafusion::logical_expr::{Expr, lit};

use crate::column::Kind;
use crate::frame::Frame;
use crate::order;

const NUMBER: &str = "~number";

pub(super) fn apply(frame: Frame, keep: u64, fields: &[String]) -> Result<Frame> {
    let columns = frame.all();
    let mut frame = frame;
    for field in fields {
        let present = if frame.kind(field).is_some() { frame.column(field).is_not_null() } else { lit(false) };
        frame = frame.filter(present)?;
    }
    let keys: Vec<Expr> =
        fields.iter().filter(|field| frame.kind(field).is_some()).map(|field| frame.column(field)).collect();
    let frame = order::numbered(frame)?;
    let mut numbered = frame.columns().to_vec();
    numbered.push((NUMBER.to_owned(), Kind::Number));
    let number = order::number_within(keys.clone())?.alias(NUMBER);
    let frame = order::sorted_by(frame, keys)?;
    let frame = frame.become_with(numbered, |plan| plan.window(vec![number]))?;
    let first = frame.column(NUMBER).lt_eq(lit(keep));
    order::restored(frame.filter(first)?, columns)
}
