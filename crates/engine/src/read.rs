//! What the commands read that come first in a search: events, datasets.

use std::collections::BTreeSet;

use datafusion::common::{Result as PlanResult, plan_err};
use datafusion::functions_nested::expr_fn::make_array;
use datafusion::logical_expr::{lit, when};
use normalize::TableId;
use plan::{Predicate, ScanDataset, ScanEvents, Tstats, TstatsSource};
use spl::ast::{CompareOp, Pattern};
use text::Span;

use crate::column::Kind;
use crate::command::tstats as command;
use crate::env::Env;
use crate::frame::{Frame, Projected};
use crate::scan::Fields;
use crate::{EngineError, Window, derived, order, scan, subsearch};

/// What a search reads, or why it cannot be planned.
type Read = Result<PlanResult<Frame>, EngineError>;

/// Raw events of all sourcetypes that the predicate allows, newest first where the order can be seen.
pub(crate) async fn events(env: &Env<'_>, read: &ScanEvents, span: Span, in_order: bool, fields: Fields<'_>) -> Read {
    let predicate = subsearch::resolve(env, &read.predicate, None).await?;
    let window = env.window_of(&read.range)?;
    let frames = sourcetypes(env, span, &predicate, &window, fields).await?;
    let made = frames.and_then(|frames| {
        let kept = frames.into_iter().map(|rows| {
            let rows = derived::add(rows, &read.derived, &env.context)?;
            scan::filter(rows, &predicate)
        });
        scan::union(kept.collect::<PlanResult<_>>()?)
    });
    Ok(made.and_then(|rows| if in_order { newest_first(rows) } else { Ok(rows) }))
}

/// The events of each sourcetype that the predicate allows, not filtered yet.
async fn sourcetypes(
    env: &Env<'_>,
    span: Span,
    predicate: &Predicate,
    window: &Window,
    fields: Fields<'_>,
) -> Result<PlanResult<Vec<Frame>>, EngineError> {
    let mut providers = Vec::new();
    for sourcetype in env.tables.sourcetypes().await? {
        if predicate.may_hold_for(&sourcetype) {
            providers.extend(env.tables.scanned(&TableId::Events(sourcetype), span, fields).await?);
        }
    }
    let frames = providers.iter().map(|provider| with_index(scan::rows(Some(provider), fields, window)?));
    Ok(frames.collect())
}

/// Every event is in the index `main` unless it says otherwise: what the other events of the table say changes nothing.
fn with_index(rows: Frame) -> PlanResult<Frame> {
    let main = || lit("main");
    let (kind, main) = match rows.kind("index") {
        None | Some(Kind::Null) => return rows.with("index", main(), Kind::Text),
        Some(Kind::Multi) => (Kind::Multi, make_array(vec![main()])),
        Some(kind) => (kind, main()),
    };
    let own = rows.column("index");
    let index = when(own.clone().is_null(), main).otherwise(own)?;
    rows.with("index", index, kind)
}

/// Events of the same time keep the order in which they were read: where a sort spills, and what runs beside it, changes nothing.
fn newest_first(rows: Frame) -> PlanResult<Frame> {
    if rows.kind("_time").is_none() {
        return Ok(rows);
    }
    let columns = rows.all();
    let rows = order::numbered(rows)?;
    let newest_first = rows.column("_time").sort(false, false);
    rows.sort(vec![newest_first, order::order().sort(true, false)], None)?.project(columns)
}

/// The rows of a dataset under the names that they have in the results.
pub(crate) async fn dataset(env: &Env<'_>, read: &ScanDataset, span: Span, in_order: bool) -> Read {
    let window = env.window_of(&read.range)?;
    let table = env.tables.scanned(&TableId::Dataset(read.dataset.id), span, None).await?;
    let made = scan::rows(table.as_ref(), None, &window).and_then(|rows| {
        if read.reads_raw && table.is_some() && rows.kind("_raw").is_none() {
            return plan_err!("the rows of `{}` were stored without the events' text (`_raw`)", read.dataset.id);
        }
        let rows = if rows.columns().is_empty() { rows } else { with_index(rows)? };
        let named = |name: &str, output: &str| -> Option<Projected> {
            Some((output.to_owned(), rows.column(name), rows.kind(name)?))
        };
        let defaults = ["_time", "host", "source", "sourcetype", "index", "_raw"];
        let mut columns: Vec<Projected> = defaults.iter().filter_map(|name| named(name, name)).collect();
        columns.extend(read.fields.iter().filter_map(|(name, output)| named(name, output)));
        rows.clone().project(columns)
    });
    Ok(made.and_then(|rows| if in_order { newest_first(rows) } else { Ok(rows) }))
}

/// The groups of `tstats`.
pub(crate) async fn tstats(env: &Env<'_>, tstats: &Tstats, span: Span) -> Read {
    let window = env.window_of(&tstats.range)?;
    let filter = match &tstats.filter {
        Some(filter) => Some(subsearch::resolve(env, filter, Some(&tstats.source)).await?),
        None => None,
    };
    let fields = command::fields(tstats, filter.as_ref());
    let read = Reading { env, span, fields: &fields, window: &window };
    let rows = match &tstats.source {
        TstatsSource::Events => {
            let all = Predicate::True;
            let frames = sourcetypes(env, span, filter.as_ref().unwrap_or(&all), &window, Some(&fields)).await?;
            frames.and_then(scan::union)
        }
        TstatsSource::Dataset(dataset) if tstats.children.is_empty() => read.table(dataset, &fields).await?,
        TstatsSource::Dataset(dataset) => read.with_children(dataset, &tstats.children).await?,
        TstatsSource::Roots(roots) => {
            let mut frames = Vec::new();
            for root in roots {
                frames.push(read.prefixed(root, &format!("{}.", root.lineage())).await?);
            }
            frames.into_iter().collect::<PlanResult<Vec<Frame>>>().and_then(scan::union)
        }
    };
    Ok(rows.and_then(|rows| command::apply(rows, &env.context, tstats, filter.as_ref())))
}

/// What one `tstats` reads.
struct Reading<'r> {
    env: &'r Env<'r>,
    span: Span,
    /// The fields by the names that the command knows them by.
    fields: &'r BTreeSet<String>,
    window: &'r Window,
}

impl Reading<'_> {
    /// These fields of a dataset's rows.
    async fn table(&self, dataset: &cim::Dataset, fields: &BTreeSet<String>) -> Read {
        let table = self.env.tables.scanned(&TableId::Dataset(dataset.id), self.span, Some(fields)).await?;
        Ok(scan::rows(table.as_ref(), Some(fields), self.window).and_then(|rows| {
            let wanted = fields.contains("index") && !rows.columns().is_empty();
            if wanted { with_index(rows) } else { Ok(rows) }
        }))
    }

    /// The rows of a dataset whose own fields are called `prefix` and their name.
    async fn prefixed(&self, dataset: &cim::Dataset, prefix: &str) -> Read {
        let own = self.fields.iter().map(|name| name.strip_prefix(prefix).unwrap_or(name).to_owned());
        let rows = self.table(dataset, &own.collect()).await?;
        Ok(rows.and_then(|rows| {
            let renamed = rows.all().into_iter().map(|(name, expr, kind)| {
                let full = format!("{prefix}{name}");
                (if self.fields.contains(&full) { full } else { name }, expr, kind)
            });
            let renamed = renamed.collect();
            rows.project(renamed)
        }))
    }

    /// The rows of a dataset, those that are also in one of its children with the child's own fields: `Child.field`.
    async fn with_children(&self, dataset: &cim::Dataset, children: &[&'static cim::Dataset]) -> Read {
        let mut wanted = self.fields.clone();
        wanted.insert("tag".to_owned());
        let rows = self.table(dataset, &wanted).await?;
        let mut frames = vec![rows.and_then(|rows| {
            children.iter().try_fold(rows, |rows, child| scan::filter(rows, &Predicate::Not(Box::new(is_in(child)))))
        })];
        let lineage = format!("{}.", dataset.lineage());
        for child in children {
            let full = child.lineage();
            let prefix = format!("{}.", full.strip_prefix(&lineage).unwrap_or(&full));
            frames.push(self.prefixed(child, &prefix).await?);
        }
        Ok(frames.into_iter().collect::<PlanResult<Vec<Frame>>>().and_then(scan::union))
    }
}

/// Tags put an event in a dataset; the children that come here ask nothing else.
fn is_in(dataset: &cim::Dataset) -> Predicate {
    let tagged = |tag: &&str| Predicate::Compare {
        field: "tag".to_owned(),
        op: CompareOp::Equal,
        value: Pattern { parts: vec![(*tag).to_owned()], quoted: true, span: Span::default() },
    };
    Predicate::And(dataset.tags.iter().map(tagged).collect())
}
