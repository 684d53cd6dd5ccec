//! The commands, one file each: a stage of a plan becomes a piece of a DataFusion plan.

use datafusion::common::{Result, not_impl_err};
use plan::Op;

use crate::EngineError;
use crate::env::Env;
use crate::frame::Frame;
use crate::function::SearchContext;
use crate::table::Table;

mod accum;
mod addinfo;
mod addtotals;
mod append;
mod appendcols;
mod appendpipe;
mod apply;
mod bin;
mod chart;
mod convert;
mod dedup;
mod eval;
mod eventstats;
mod extract;
mod fields;
mod filldown;
mod fillnull;
mod fit;
mod foreach;
mod format;
mod fromjson;
mod head;
pub(crate) mod inputlookup;
mod iplocation;
mod join;
mod lookup;
mod makecontinuous;
mod makemv;
pub(crate) mod makeresults;
mod map;
pub(crate) mod mcatalog;
mod models;
pub(crate) mod mstats;
mod multikv;
mod mvcombine;
mod mvexpand;
mod outlier;
mod outputlookup;
mod overlay;
mod rangemap;
mod regex;
mod rename;
mod replace;
mod return_;
mod reverse;
mod rex;
mod search;
mod sort;
mod sparkline;
mod spath;
mod stats;
mod streamstats;
pub(crate) mod summary;
mod table;
mod timechart;
mod top;
mod transaction;
mod transpose;
pub(crate) mod tstats;
mod uniq;
mod where_;
mod xmlkv;
mod xmlunescape;
mod xyseries;

/// Run a command behind the rows before it. The outer error is that of a search that ran meanwhile.
pub(crate) async fn run(env: &Env<'_>, frame: Frame, op: &Op) -> Result<Result<Frame>, EngineError> {
    match op {
        Op::Filter(predicate) => {
            let predicate = crate::subsearch::resolve(env, predicate, None).await?;
            return Ok(search::apply(frame, &predicate));
        }
        Op::Eval(assignments) if eval::is_computed(assignments) => {
            return eval::computed(env, frame, assignments).await;
        }
        Op::Append(plan) => return append::apply(env, frame, plan).await,
        Op::Appendcols { right, overwrite } => return appendcols::apply(env, frame, right, *overwrite).await,
        Op::Appendpipe(stages) => return appendpipe::apply(env, frame, stages).await,
        Op::Sparklines(made) => return sparkline::apply(env, frame, made).await,
        Op::Join(join) => return join::apply(env, frame, join).await,
        Op::Map { template, max_searches, .. } => return map::apply(env, frame, template, *max_searches).await,
        Op::Addinfo => return Ok(addinfo::apply(frame, env)),
        Op::Addtotals(made) => return addtotals::apply(env, frame, made).await,
        Op::Dedup { keep, fields, options } if options.consecutive => {
            return dedup::consecutive(env, frame, *keep, fields, options).await;
        }
        Op::Bin { field, alias, buckets } if buckets.span.is_some() => {
            return Ok(bin::apply(frame, env, field, alias, buckets));
        }
        Op::Transaction(transaction) => return transaction::apply(env, frame, transaction).await,
        Op::Lookup(lookup) => return lookup::apply(env, frame, lookup),
        Op::Iplocation(iplocation) => return iplocation::apply(env, frame, iplocation),
        Op::Outputlookup(write) => {
            let table = env.collect(frame).await?;
            outputlookup::write(env, &table, write)?;
            return Ok(table.into_frame());
        }
        Op::Fit(fit) => return Ok(fit::apply(env.collect(frame).await?, env, fit)?.into_frame()),
        Op::Apply(apply) => return Ok(apply::apply(env.collect(frame).await?, env, apply)?.into_frame()),
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
        Op::Spath { path, .. } => path.is_none(),
        Op::Xmlkv { .. }
        | Op::Fromjson { .. }
        | Op::Extract { .. }
        | Op::Multikv(_)
        | Op::Outlier(_)
        | Op::Mvexpand { .. }
        | Op::Mvcombine { .. } => true,
        Op::Accum { .. }
        | Op::Bin { .. }
        | Op::Chart(_)
        | Op::Delta { .. }
        | Op::Filldown { .. }
        | Op::HeadWhile { .. }
        | Op::Makecontinuous { .. }
        | Op::Reverse
        | Op::Streamstats(_)
        | Op::Tail(_)
        | Op::Timechart(_)
        | Op::Top(_)
        | Op::Transpose { .. }
        | Op::Uniq
        | Op::Untable { .. }
        | Op::Xyseries { .. } => true,
        Op::Format(_) | Op::Return { .. } => true,
        _ => false,
    }
}

/// Apply a command to all its rows at once.
fn whole(table: Table, env: &Env<'_>, op: &Op) -> Result<Table> {
    match op {
        Op::Spath { input, .. } => spath::all(table, input),
        Op::Xmlkv { field } => xmlkv::apply(table, field),
        Op::Fromjson { field, prefix } => fromjson::apply(table, field, prefix),
        Op::Extract { delimiters, clean_keys, mv_add, limit, max_chars } => {
            let delimiters = delimiters.as_ref().map(|(pairs, keys)| (pairs.as_str(), keys.as_str()));
            let (clean_keys, mv_add, limit, max_chars) = (*clean_keys, *mv_add, *limit, *max_chars);
            extract::apply(table, &extract::Rules { delimiters, clean_keys, mv_add, limit, max_chars })
        }
        Op::Multikv(multikv) => multikv::apply(table, multikv),
        Op::Mvexpand { field, limit } => mvexpand::apply(table, field, *limit),
        Op::Mvcombine { field, .. } => mvcombine::apply(table, field),
        Op::Accum { field, output } => accum::accum(table, field, output),
        Op::Bin { field, alias, buckets } => bin::of_range(table, env, field, alias, buckets),
        Op::Chart(chart) => chart::apply(&table, env, chart),
        Op::Delta { field, output, distance } => accum::delta(table, field, output, *distance),
        Op::Filldown { fields } => filldown::apply(table, fields),
        Op::HeadWhile { limit, condition, null, keep_last } => {
            let until = head::Until { limit: *limit, condition, null: *null, keep_last: *keep_last };
            head::until(&table, env, &until)
        }
        Op::Makecontinuous { field, buckets } => makecontinuous::apply(&table, env, field, buckets),
        Op::Reverse => reverse::apply(&table, None),
        Op::Streamstats(command) => streamstats::apply(table, env, command),
        Op::Tail(limit) => reverse::apply(&table, Some(*limit)),
        Op::Timechart(chart) => timechart::apply(&table, env, chart),
        Op::Top(top) => top::apply(&table, top),
        Op::Transpose { limit, column_name, header_field, include_empty } => {
            let (header_field, include_empty) = (header_field.as_deref(), *include_empty);
            transpose::apply(&table, &transpose::Turn { limit: *limit, column_name, header_field, include_empty })
        }
        Op::Uniq => uniq::apply(&table),
        Op::Untable { x, y, value } => xyseries::untable(&table, x, y, value),
        Op::Xyseries { x, y, values, format, grouped } => {
            xyseries::xyseries(&table, &xyseries::Fields { x, y, values, format, grouped: *grouped })
        }
        Op::Format(written) => format::apply(&table, written),
        Op::Return { count, items } => return_::apply(&table, *count, items),
        Op::Outlier(outlier) => outlier::apply(table, outlier),
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
        Op::Stats { aggregations, by, options } => stats::apply(frame, context, aggregations, by, *options),
        Op::Eventstats { aggregations, by, options } => eventstats::apply(frame, context, aggregations, by, *options),
        Op::Head(limit) => head::apply(frame, *limit),
        Op::Sort { limit, keys } => sort::apply(frame, *limit, keys),
        Op::Dedup { keep, fields, options } => dedup::apply(frame, *keep, fields, options),
        Op::Foreach(written) => foreach::apply(frame, context, written),
        Op::Fillnull { value, fields } => fillnull::apply(frame, value, fields),
        Op::Regex { field, negated, pattern } => regex::apply(frame, field, *negated, pattern),
        Op::Rex { field, pattern, groups, max_match, offset_field } => {
            let (max_match, offset_field) = (*max_match, offset_field.as_deref());
            rex::extract(frame, &rex::Extraction { field, pattern, groups, max_match, offset_field })
        }
        Op::Sed { field, script } => rex::edit(frame, field, script),
        Op::Spath { input, path: Some(path), output } => {
            spath::path(frame, input, path, output.as_deref().unwrap_or(path))
        }
        Op::Makemv { field, split } => makemv::apply(frame, field, split),
        Op::Nomv { field, separator } => makemv::join(frame, field, separator),
        Op::Replace { pairs, fields } => replace::apply(frame, pairs, fields),
        Op::Xmlunescape => xmlunescape::apply(frame),
        Op::Rangemap { field, ranges, default } => rangemap::apply(frame, field, ranges, default),
        other => not_impl_err!("`{}`", other.command()),
    }
}
