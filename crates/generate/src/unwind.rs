//! How each command is undone: what its rows ask of the rows that it reads.

mod columns;
mod extract;
mod group;
mod nested;
mod scan;
mod spread;
mod transaction;

use plan::{Condition, Op};

use crate::goal::{Conflict, Goal, Site};
use crate::lower;
use crate::term::{ClassId, Formula, Term};

/// Undo one stage for the rows of `active`; gives the classes of rows that the stage reads.
pub(crate) fn stage(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    op: &Op,
    active: Vec<ClassId>,
) -> Result<Vec<ClassId>, Conflict> {
    match op {
        Op::ScanEvents(scan) => scan::events(goal, site, scan, &active),
        Op::ScanDataset(scan) => scan::dataset(goal, scan, &active),
        Op::Makeresults { .. } => scan::nothing(goal, &active),
        Op::Inputlookup(inputlookup) => scan::inputlookup(goal, site, inputlookup, active),
        Op::Rows { fields, rows } => scan::written(goal, fields, rows, &active),
        Op::Tstats(tstats) => group::tstats(goal, site, tstats, active),
        Op::Stats { aggregations, by, .. } => group::stats(goal, site, aggregations, by, active),
        Op::Chart(chart) => group::chart(goal, site, chart, active),
        Op::Timechart(chart) => group::timechart(goal, site, chart, active),
        Op::Top(top) => group::top(goal, site, top, active),
        Op::Eventstats { aggregations, by, .. } => Ok(spread::eventstats(goal, aggregations, by, active)),
        Op::Streamstats(streamstats) => Ok(spread::streamstats(goal, streamstats, active)),
        Op::Transaction(transaction) => transaction::undo(goal, site, transaction, active),
        Op::Join(join) => nested::join(goal, site, join, active),
        Op::Append(plan) => nested::append(goal, site, plan, active),
        Op::Appendcols { right, overwrite } => nested::appendcols(goal, site, right, *overwrite, active),
        Op::Appendpipe(stages) => nested::appendpipe(goal, site, stages, active),
        Op::Map { template, .. } => nested::map(goal, site, template, active),
        Op::Filter(predicate) => {
            filter(goal, site, predicate, &active)?;
            Ok(active)
        }
        Op::Where(expr) => {
            for class in &active {
                for (at, conjunct) in lower::expr_conjuncts(expr).into_iter().enumerate() {
                    let formula = Formula::Truth(lower::term(*class, conjunct), true);
                    goal.condition(*class, site.conjunct(at), &|| spl::print_expr(conjunct), formula);
                }
            }
            Ok(active)
        }
        Op::Regex { field, negated, pattern } => {
            let check = goal
                .context
                .matching(pattern)
                .ok_or_else(|| Conflict::new(format!("the expression `{pattern}` does not compile")))?;
            for class in &active {
                let matches = Formula::Check(Term::field(*class, field), check.clone());
                let formula = if *negated { Formula::not(matches) } else { matches };
                let sign = if *negated { "!=" } else { "=" };
                goal.condition(*class, site.conjunct(0), &|| format!("regex {field}{sign}\"{pattern}\""), formula);
            }
            Ok(active)
        }
        other => match extract::undo(goal, site, other, &active)? {
            true => Ok(active),
            false => columns::undo(goal, site, other, active),
        },
    }
}

/// `search` terms on the rows of each class.
fn filter(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    predicate: &plan::Predicate,
    active: &[ClassId],
) -> Result<(), Conflict> {
    for class in active {
        for (at, conjunct) in lower::conjuncts(predicate).into_iter().enumerate() {
            let formula = terms(goal, site, *class, conjunct)?;
            goal.condition(*class, site.conjunct(at), &|| lower::describe(conjunct), formula);
        }
    }
    Ok(())
}

/// A predicate over a class; what subsearches in it find are new rows.
fn terms(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    class: ClassId,
    predicate: &plan::Predicate,
) -> Result<Formula, Conflict> {
    let mut failed = None;
    let context = goal.context;
    let formula =
        lower::formula(context, class, predicate, &mut |plan| match nested::subsearch(goal, site, class, plan) {
            Ok(formula) => formula,
            Err(conflict) => {
                failed = Some(conflict);
                Formula::Const(false)
            }
        });
    failed.map_or(Ok(formula), Err)
}

/// A condition of either language over a class.
fn either(goal: &mut Goal<'_>, site: &Site<'_>, class: ClassId, condition: &Condition) -> Result<Formula, Conflict> {
    match condition {
        Condition::Terms(predicate) => terms(goal, site, class, predicate),
        Condition::Eval(expr) => Ok(Formula::Truth(lower::term(class, expr), true)),
    }
}
