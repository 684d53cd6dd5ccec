//! A checked pipeline to a DataFusion logical plan.

use datafusion::common::Result as PlanResult;
use datafusion::error::DataFusionError;
use datafusion::logical_expr::{LogicalPlan, lit};
use lake::Tables;
use normalize::TableId;
use plan::{Op, Plan, Predicate, Stage};

use crate::column::Kind;
use crate::frame::Frame;
use crate::function::SearchContext;
use crate::{EngineError, Window, aggregate, command, scan};

/// Compile a plan over tables and a window.
pub(crate) async fn compile(
    tables: &dyn Tables,
    context: &SearchContext,
    plan: &Plan,
    window: &Window,
) -> Result<LogicalPlan, EngineError> {
    let mut frame: Option<Frame> = None;
    for (at, stage) in plan.stages.iter().enumerate() {
        let made = match (&stage.op, frame.take()) {
            (Op::Tstats(tstats), _) => {
                let table = tables.table(&TableId::Dataset(tstats.dataset.id)).await?;
                let fields = command::tstats::fields(tstats);
                scan::rows(table.as_ref(), Some(&fields), window)
                    .and_then(|rows| command::tstats::apply(rows, context, tstats))
            }
            (Op::ScanEvents(scan), _) => {
                let rest = plan.stages.get(at + 1..).unwrap_or(&[]);
                events(tables, plan, &scan.predicate, window, rest).await?
            }
            (op, Some(before)) => command::apply(before, context, op),
            (op, None) => Err(DataFusionError::Plan(format!("`{}` has nothing to read", op.command()))),
        };
        frame = Some(made.map_err(|source| failed(stage, source))?);
    }
    let built = frame.map_or_else(|| Err(DataFusionError::Plan("the search has no command".to_owned())), Frame::build);
    built.map_err(|source| EngineError::run(source, None))
}

fn failed(stage: &Stage, source: DataFusionError) -> EngineError {
    EngineError::Compile { command: stage.op.command(), span: stage.span, source: Box::new(source) }
}

/// Raw events of all sourcetypes that the predicate allows, newest first where the order can be seen.
async fn events(
    tables: &dyn Tables,
    plan: &Plan,
    predicate: &Predicate,
    window: &Window,
    rest: &[Stage],
) -> Result<PlanResult<Frame>, EngineError> {
    let mut providers = Vec::new();
    for sourcetype in tables.sourcetypes().await? {
        if scan::may_hold(predicate, &sourcetype) {
            providers.extend(tables.table(&TableId::Events(sourcetype)).await?);
        }
    }
    let fields = plan.event_fields.as_ref().and_then(Option::as_ref);
    let read = || {
        let mut frames = Vec::new();
        for provider in &providers {
            // Every event is in the index `main`.
            let rows = scan::rows(Some(provider), fields, window)?;
            let rows = if rows.kind("index").is_none() { rows.with("index", lit("main"), Kind::Text)? } else { rows };
            frames.push(scan::filter(rows, predicate)?);
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
            Op::Head(_) | Op::Dedup { .. } | Op::Sort { .. } => return true,
            Op::Eventstats { aggregations, .. } if ordered(aggregations) => return true,
            Op::Stats { aggregations, .. } => return ordered(aggregations),
            _ => (),
        }
    }
    true
}

fn ordered(aggregations: &[plan::Aggregation]) -> bool {
    aggregations.iter().any(|aggregation| aggregate::find(&aggregation.function).is_none_or(|known| known.ordered))
}
