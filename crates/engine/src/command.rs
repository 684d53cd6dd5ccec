//! The commands, one file each: a stage of a plan becomes a piece of a DataFusion plan.

use datafusion::common::{Result, not_impl_err};
use plan::Op;

use crate::frame::Frame;
use crate::function::SearchContext;

mod bin;
mod convert;
mod dedup;
mod eval;
mod eventstats;
mod fields;
mod fillnull;
mod head;
mod regex;
mod rename;
mod search;
mod sort;
mod stats;
mod table;
pub(crate) mod tstats;
mod where_;

/// Apply a stage that reads the one before it.
pub(crate) fn apply(frame: Frame, context: &SearchContext, op: &Op) -> Result<Frame> {
    match op {
        // The compiler reads tables for these.
        Op::ScanEvents(_) | Op::Tstats(_) => Ok(frame),
        Op::Filter(predicate) => search::apply(frame, predicate),
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
