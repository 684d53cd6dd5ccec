//! `eventstats`: the aggregates of `stats`, added to every row. A row that lacks a by-field gets none.

use datafusion::common::{Result, plan_datafusion_err};
use datafusion::logical_expr::expr::WindowFunction;
use datafusion::logical_expr::{Expr, ExprFunctionExt, WindowFrame, WindowFunctionDefinition, when};
use plan::{Aggregation, StatsOptions};

use crate::frame::{Frame, Projected};
use crate::function::SearchContext;
use crate::group::{self, Planned};
use crate::order;

pub(super) fn apply(
    frame: Frame,
    context: &SearchContext,
    aggregations: &[Aggregation],
    by: &[String],
    options: StatsOptions,
) -> Result<Frame> {
    let before = frame.columns().to_vec();
    if by.iter().any(|key| frame.kind(key).is_none()) {
        return Ok(frame);
    }
    let (mut planned, inputs) = group::plan_all(&frame, context, aggregations, by)?;
    planned.iter_mut().for_each(|made| made.all_numbers = options.all_numbers);
    let mut columns = frame.all();
    columns.extend(inputs);
    let frame = order::numbered(frame.project(columns)?)?;
    let keys: Vec<Expr> = by.iter().map(|key| frame.column(key)).collect();
    let windows: Result<Vec<Expr>> =
        planned.iter().enumerate().map(|(at, made)| Ok(window(made, &keys)?.alias(format!("~made{at}")))).collect();
    let windows = windows?;
    let mut with_results = frame.columns().to_vec();
    with_results.extend(planned.iter().enumerate().map(|(at, made)| (format!("~made{at}"), made.kind())));
    let frame = if keys.is_empty() { frame } else { order::sorted_by(frame, keys.clone())? };
    let frame = frame.become_with(with_results, |plan| plan.window(windows))?;
    let columns = columns_after(&frame, &before, &planned, &keys)?;
    order::restored(frame, columns)
}

fn window(planned: &Planned, keys: &[Expr]) -> Result<Expr> {
    let Expr::AggregateFunction(aggregate) = planned.expr()? else {
        return Err(plan_datafusion_err!("`{}` is no aggregate", planned.output));
    };
    let function = WindowFunctionDefinition::AggregateUDF(aggregate.func);
    let call = Expr::from(WindowFunction::new(function, aggregate.params.args)).partition_by(keys.to_vec());
    if !planned.is_ordered() {
        return call.build();
    }
    // The whole group in order; an order alone would give running results.
    let in_order = call.order_by(vec![order::order().sort(true, false)]);
    in_order.window_frame(WindowFrame::new(None)).build()
}

fn columns_after(
    frame: &Frame,
    before: &[(String, crate::column::Kind)],
    planned: &[Planned],
    keys: &[Expr],
) -> Result<Vec<Projected>> {
    let mut columns: Vec<Projected> =
        before.iter().map(|(name, kind)| (name.clone(), frame.column(name), *kind)).collect();
    for (at, made) in planned.iter().enumerate() {
        let result = made.result(frame.column(&format!("~made{at}")));
        let present = keys.iter().map(|key| key.clone().is_not_null()).reduce(Expr::and);
        let result = match present {
            Some(present) => when(present, result).end()?,
            None => result,
        };
        match columns.iter_mut().find(|(name, ..)| *name == made.output) {
            Some(column) => (column.1, column.2) = (result, made.kind()),
            None => columns.push((made.output.clone(), result, made.kind())),
        }
    }
    Ok(columns)
}
