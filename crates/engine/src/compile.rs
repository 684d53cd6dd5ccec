//! A checked pipeline to a DataFusion logical plan.
//!
//! Most commands add to the plan. Where a command needs all its rows at once, or makes columns out of values, the plan so
//! far runs, and the command's rows begin a new one; nested searches run the same way before what needs their rows.

use datafusion::common::Result as PlanResult;
use datafusion::error::DataFusionError;
use futures::future::BoxFuture;
use plan::{Op, Plan, Stage, TimeRange};

use crate::env::Env;
use crate::frame::Frame;
use crate::scan::Fields;
use crate::table::Table;
use crate::{EngineError, aggregate, command, read, scan};

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
    fields: Fields<'a>,
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
    fields: Fields<'_>,
) -> Result<Option<PlanResult<Frame>>, EngineError> {
    let span = stage.span;
    Ok(match &stage.op {
        Op::Tstats(tstats) => Some(read::tstats(env, tstats, span).await?),
        Op::ScanEvents(scan) => Some(read::events(env, scan, span, order_matters(rest), fields).await?),
        Op::ScanDataset(scan) => Some(read::dataset(env, scan, span, order_matters(rest)).await?),
        Op::Makeresults { count, annotate } => Some(command::makeresults::empty(*count, *annotate, &env.context)),
        Op::Rows { fields, rows } => Some(command::makeresults::written(fields, rows)),
        Op::Inputlookup(read) => Some(command::inputlookup::rows(env, read).await?),
        Op::Mstats(mstats) => Some(command::mstats::rows(env, mstats, span).await?),
        Op::Mcatalog(mcatalog) => Some(command::mcatalog::rows(env, mcatalog, span).await?),
        Op::Summary { model } => Some(command::summary::of_model(env, model)?),
        Op::Listmodels => Some(command::summary::of_all(env)?),
        Op::Deletemodel { model } => Some(command::summary::delete(env, model)?),
        _ => None,
    })
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
            | Op::Iplocation(_)
            | Op::Makemv { .. }
            | Op::Mvexpand { .. }
            | Op::Multikv(_)
            | Op::Nomv { .. }
            | Op::Replace { .. }
            | Op::Foreach(_)
            | Op::Xmlkv { .. }
            | Op::Xmlunescape
            | Op::Fromjson { .. }
            | Op::Extract { .. }
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
