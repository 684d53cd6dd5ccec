//! A checked pipeline to a DataFusion logical plan.
//!
//! Most commands add to the plan. Where a command needs all its rows at once, or makes columns out of values, the plan so
//! far runs, and the command's rows begin a new one; nested searches run the same way before what needs their rows.

use std::collections::BTreeSet;

use datafusion::common::Result as PlanResult;
use datafusion::error::DataFusionError;
use datafusion::logical_expr::lit;
use futures::future::BoxFuture;
use normalize::TableId;
use plan::{Op, Plan, ScanEvents, Stage, TimeRange, Tstats};
use text::Span;

use crate::column::Kind;
use crate::env::Env;
use crate::frame::Frame;
use crate::table::Table;
use crate::{EngineError, aggregate, command, scan, subsearch};

/// The fields of raw events that a plan reads; `None` is all.
type EventFields<'p> = Option<&'p BTreeSet<String>>;

/// Compile a plan.
pub(crate) fn compile<'a>(env: &'a Env<'a>, plan: &'a Plan) -> BoxFuture<'a, Result<Frame, EngineError>> {
    Box::pin(async move {
        let env = env.covering(plan.stages.first().and_then(|stage| range_of(&stage.op)))?;
        let fields = plan.event_fields.as_ref().and_then(Option::as_ref);
        let frame = stages(&env, None, &plan.stages, fields).await?;
        frame.ok_or_else(|| env.failed(DataFusionError::Plan("the search has no command".to_owned())))
    })
}

/// The time modifiers of a command that reads events.
fn range_of(op: &Op) -> Option<&TimeRange> {
    match op {
        Op::ScanEvents(scan) => Some(&scan.range),
        Op::Tstats(tstats) => Some(&tstats.range),
        Op::Mstats(mstats) => Some(&mstats.range),
        _ => None,
    }
}

/// Compile and run a plan.
pub(crate) async fn collect(env: &Env<'_>, plan: &Plan) -> Result<Table, EngineError> {
    let frame = compile(env, plan).await?;
    env.collect(frame).await
}

/// Compile stages behind a frame; without one, the first of them reads.
pub(crate) fn stages<'a>(
    env: &'a Env<'a>,
    before: Option<Frame>,
    stages: &'a [Stage],
    fields: EventFields<'a>,
) -> BoxFuture<'a, Result<Option<Frame>, EngineError>> {
    Box::pin(async move {
        let mut frame = before;
        for (at, stage) in stages.iter().enumerate() {
            let rest = stages.get(at + 1..).unwrap_or(&[]);
            let made = match source(env, stage, rest, fields).await? {
                Some(read) => behind(frame.take(), read),
                None => match frame.take() {
                    Some(before) => command::run(env, before, &stage.op).await?,
                    None => Err(DataFusionError::Plan(format!("`{}` has nothing to read", stage.op.command()))),
                },
            };
            frame = Some(made.map_err(|source| failed(stage, source))?);
        }
        Ok(frame)
    })
}

fn failed(stage: &Stage, source: DataFusionError) -> EngineError {
    EngineError::Compile { command: stage.op.command(), span: stage.span, source: Box::new(source) }
}

/// Rows read behind the rows there are.
fn behind(before: Option<Frame>, read: PlanResult<Frame>) -> PlanResult<Frame> {
    match before {
        Some(before) => scan::union(vec![before, read?]),
        None => read,
    }
}

/// The rows that a command reads by itself; `None` when it works on the rows before it.
async fn source(
    env: &Env<'_>,
    stage: &Stage,
    rest: &[Stage],
    fields: EventFields<'_>,
) -> Result<Option<PlanResult<Frame>>, EngineError> {
    Ok(match &stage.op {
        Op::Tstats(tstats) => Some(datasets(env, tstats, stage.span).await?),
        Op::ScanEvents(scan) => Some(events(env, scan, stage.span, rest, fields).await?),
        _ => None,
    })
}

async fn datasets(env: &Env<'_>, tstats: &Tstats, span: Span) -> Result<PlanResult<Frame>, EngineError> {
    let window = env.window_of(&tstats.range)?;
    let prefix = format!("{}.", tstats.dataset.lineage());
    let filter = match &tstats.filter {
        Some(filter) => Some(subsearch::resolve(env, filter, Some(&prefix)).await?),
        None => None,
    };
    let fields = command::tstats::fields(tstats, filter.as_ref());
    let table = env.tables.scanned(&TableId::Dataset(tstats.dataset.id), span, Some(&fields)).await?;
    Ok(scan::rows(table.as_ref(), Some(&fields), &window)
        .and_then(|rows| command::tstats::apply(rows, &env.context, tstats, filter.as_ref())))
}

/// Raw events of all sourcetypes that the predicate allows, newest first where the order can be seen.
async fn events(
    env: &Env<'_>,
    read: &ScanEvents,
    span: Span,
    rest: &[Stage],
    fields: EventFields<'_>,
) -> Result<PlanResult<Frame>, EngineError> {
    let predicate = subsearch::resolve(env, &read.predicate, None).await?;
    let window = env.window_of(&read.range)?;
    let mut providers = Vec::new();
    for sourcetype in env.tables.sourcetypes().await? {
        if predicate.may_hold_for(&sourcetype) {
            providers.extend(env.tables.scanned(&TableId::Events(sourcetype), span, fields).await?);
        }
    }
    let read = || {
        let mut frames = Vec::new();
        for provider in &providers {
            // Every event is in the index `main`.
            let rows = scan::rows(Some(provider), fields, &window)?;
            let rows = if rows.kind("index").is_none() { rows.with("index", lit("main"), Kind::Text)? } else { rows };
            frames.push(scan::filter(rows, &predicate)?);
        }
        let rows = scan::union(frames)?;
        if order_matters(rest) && rows.kind("_time").is_some() {
            let newest_first = rows.column("_time").sort(false, false);
            return rows.step(|plan| plan.sort(vec![newest_first]));
        }
        Ok(rows)
    };
    Ok(read())
}

/// Can the order of events be seen in the results of these stages?
fn order_matters(stages: &[Stage]) -> bool {
    for stage in stages {
        match &stage.op {
            Op::Eventstats { aggregations, .. } if ordered(aggregations) => return true,
            Op::Stats { aggregations, .. } => return ordered(aggregations),
            Op::Chart(chart) => return ordered(&chart.aggregations),
            Op::Timechart(chart) => return ordered(&chart.aggregations),
            Op::Eventstats { .. }
            | Op::Filter(_)
            | Op::Where(_)
            | Op::Eval(_)
            | Op::Rename(_)
            | Op::Table(_)
            | Op::Keep(_)
            | Op::Remove(_)
            | Op::Convert { .. }
            | Op::Fillnull { .. }
            | Op::Regex { .. }
            | Op::Bin { .. }
            | Op::Rex { .. }
            | Op::Sed { .. }
            | Op::Lookup(_)
            | Op::Iplocation { .. }
            | Op::Makemv { .. }
            | Op::Nomv { .. }
            | Op::Replace { .. }
            | Op::Foreach(_)
            | Op::Xmlkv { .. }
            | Op::Spath { .. }
            | Op::Addinfo => (),
            _ => return true,
        }
    }
    true
}

fn ordered(aggregations: &[plan::Aggregation]) -> bool {
    aggregations.iter().any(|aggregation| aggregate::find(&aggregation.function).is_none_or(|known| known.ordered))
}
