//! The commands, one file each: a stage of a plan becomes a piece of a DataFusion plan.

use datafusion::common::{Result, not_impl_err};
use plan::Op;

use crate::EngineError;
use crate::env::Env;
use crate::frame::Frame;
use crate::function::SearchContext;
use crate::table::Table;

mod append;
mod appendcols;
mod appendpipe;
mod bin;
mod convert;
mod dedup;
mod eval;
mod eventstats;
mod fields;
mod fillnull;
mod head;
pub(crate) mod inputlookup;
mod iplocation;
mod join;
mod lookup;
mod map;
mod outputlookup;
mod regex;
mod rename;
mod search;
mod sort;
mod stats;
mod table;
pub(crate) mod tstats;
mod where_;

/// Run a command behind the rows before it. The outer error is that of a search that ran meanwhile.
pub(crate) async fn run(env: &Env<'_>, frame: Frame, op: &Op) -> Result<Result<Frame>, EngineError> {
    match op {
        Op::Filter(predicate) => {
            let predicate = crate::subsearch::resolve(env, predicate, None).await?;
            return Ok(search::apply(frame, &predicate));
        }
        Op::Append(plan) => return append::apply(env, frame, plan).await,
        Op::Appendcols { right, overwrite } => return appendcols::apply(env, frame, right, *overwrite).await,
        Op::Appendpipe(stages) => return appendpipe::apply(env, frame, stages).await,
        Op::Join(join) => return join::apply(env, frame, join).await,
        Op::Lookup(lookup) => return lookup::apply(env, frame, lookup),
        Op::Iplocation(iplocation) => return iplocation::apply(env, frame, iplocation),
        Op::Outputlookup(write) => {
            let table = env.collect(frame).await?;
            outputlookup::write(env, &table, write)?;
            return Ok(table.into_frame());
        }
        Op::Map { template, max_searches } => return map::apply(env, frame, template, *max_searches).await,
        _ => (),
    }
    if needs_all(op) {
        let table = env.collect(frame).await?;
        return Ok(whole(table, env, op).and_then(Table::into_frame));
    }
    Ok(apply(frame, &env.context, op))
}

/// Does the command need all its rows at once? Those are the commands of [`whole`].
fn needs_all(op: &Op) -> bool {
    match op {
        _ => false,
    }
}

/// Apply a command to all its rows at once.
fn whole(table: Table, env: &Env<'_>, op: &Op) -> Result<Table> {
    match op {
        other => not_impl_err!("`{}`", other.command()),
    }
}

/// Apply a command that adds to the plan.
fn apply(frame: Frame, context: &SearchContext, op: &Op) -> Result<Frame> {
    match op {
        Op::Where(condition) => where_::apply(frame, context, condition),
        Op::Eval(assignments) => eval::apply(frame, context, assignments),
        Op::Rename(renamings) => rename::apply(frame, renamings),
        Op::Table(names) => table::apply(frame, names),
        Op::Keep(names) => fields::keep(frame, names),
        Op::Remove(names) => fields::remove(frame, names),
        Op::Convert { timeformat, conversions } => convert::apply(frame, context, timeformat, conversions),
        Op::Stats { aggregations, by } => stats::apply(frame, context, aggregations, by),
        Op::Eventstats { aggregations, by } => eventstats::apply(frame, context, aggregations, by),
        Op::Head(limit) => head::apply(frame, *limit),
        Op::Sort { limit, keys } => sort::apply(frame, *limit, keys),
        Op::Dedup { keep, fields } => dedup::apply(frame, *keep, fields),
        Op::Fillnull { value, fields } => fillnull::apply(frame, value, fields),
        Op::Regex { field, negated, pattern } => regex::apply(frame, field, *negated, pattern),
        Op::Bin { field, alias, span } => bin::apply(frame, context, field, alias, span),
        other => not_impl_err!("`{}`", other.command()),
    }
}
