//! Commands that change fields row by row, and those that keep rows as they are.

use std::sync::Arc;

use plan::wildcard::{capture, fill};
use plan::{Conversion, Op};
use spl::ast::{CommandKind, Expr};

use super::scan;
use crate::goal::{Conflict, Goal, Scan, Site};
use crate::lower;
use crate::term::{ClassId, Formula, Term};

pub(super) fn undo(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    op: &Op,
    active: Vec<ClassId>,
) -> Result<Vec<ClassId>, Conflict> {
    match op {
        Op::Eval(assignments) => eval(goal, assignments, &active),
        Op::Rename(pairs) => rename(goal, site, pairs, &active),
        Op::Table(kept) => keep(goal, kept, false, &active),
        Op::Keep(kept) => keep(goal, kept, true, &active),
        Op::Remove(removed) => {
            goal.replace(&active, &|_, name| matches(removed, name).then(Term::null));
        }
        Op::Convert { timeformat, conversions } => convert(goal, site, timeformat, conversions, &active),
        Op::Fillnull { value, fields } => fillnull(goal, site, value, fields, &active),
        Op::Bin { field, alias, buckets } => {
            let span = buckets.span.as_deref().unwrap_or("1h");
            goal.replace(&active, &|class, name| {
                let bucket = || Term::call("#bucket", vec![Term::field(class, field), Term::text(span)]);
                (&**name == alias.as_str()).then(bucket)
            });
        }
        Op::HeadWhile { condition, .. } => {
            for class in &active {
                goal.ask(Formula::Truth(lower::term(*class, condition), true));
            }
        }
        Op::Rangemap { field, ranges, default } => rangemap(goal, field, ranges, default, &active),
        Op::Dedup { fields, options, .. } if !options.keep_empty => {
            for class in &active {
                fields.iter().for_each(|field| goal.ask(Formula::Present(Term::field(*class, field))));
            }
        }
        Op::Addtotals(totals) => addtotals(goal, totals, &active),
        Op::Foreach(foreach) => foreach_fields(goal, foreach, &active)?,
        Op::Accum { field, output } => {
            goal.replace(&active, &|class, name| (&**name == output.as_str()).then(|| Term::field(class, field)));
        }
        Op::Addinfo => {
            goal.replace(&active, &|_, name| match &**name {
                "info_min_time" => Some(Term::number(0.0)),
                "info_max_time" => Some(Term::text("+Infinity")),
                _ => None,
            });
        }
        // Values are kept as they are where one value is looked for; rows where one row is.
        Op::Mvexpand { field, .. } => {
            for class in &active {
                goal.ask(Formula::Present(Term::field(*class, field)));
            }
        }
        Op::Makemv { .. }
        | Op::Mvcombine { .. }
        | Op::Nomv { .. }
        | Op::Sed { .. }
        | Op::Replace { .. }
        | Op::Head(_)
        | Op::Tail(_)
        | Op::Sort { .. }
        | Op::Reverse
        | Op::Uniq
        | Op::Filldown { .. }
        | Op::Makecontinuous { .. }
        | Op::Outlier(_)
        | Op::Fit(_)
        | Op::Dedup { .. }
        | Op::Xmlunescape
        | Op::Outputlookup { .. } => (),
        other => {
            scan::read_from(goal, Scan::Nothing, &active);
            return Err(Conflict::new(format!("`{}` is not undone", other.command())));
        }
    }
    Ok(active)
}

fn eval(goal: &mut Goal<'_>, assignments: &[(String, Expr)], active: &[ClassId]) {
    for (field, expr) in assignments.iter().rev() {
        goal.replace(active, &|class, name| (&**name == field.as_str()).then(|| lower::term(class, expr)));
    }
}

/// The field that was called `name` before: of several renamings to one name the last that finds its field.
fn rename(goal: &mut Goal<'_>, site: &Site<'_>, pairs: &[(String, String)], active: &[ClassId]) {
    let before = |name: &str| -> Option<Option<String>> {
        for (from, to) in pairs.iter().rev() {
            if to.contains('*') {
                let Some(captured) = capture(to, name) else { continue };
                let old = fill(from, &captured);
                if site.has(&old) || (site.is_open() && !to.starts_with('*')) {
                    return Some(Some(old));
                }
            } else if to == name && (site.may_have(from) || from == to) {
                return Some(Some(from.clone()));
            }
        }
        // A name that was given away has no value any more.
        let gone = pairs.iter().any(|(from, _)| from == name && !from.contains('*'));
        gone.then_some(None)
    };
    goal.replace(active, &|class, name| {
        before(name).map(|old| old.map_or_else(Term::null, |old| Term::field(class, &old)))
    });
}

fn keep(goal: &mut Goal<'_>, kept: &[String], internal: bool, active: &[ClassId]) {
    goal.replace(active, &|_, name| {
        let stays = matches(kept, name) || (internal && name.starts_with('_'));
        (!stays).then(Term::null)
    });
}

fn matches(patterns: &[String], name: &str) -> bool {
    patterns.iter().any(|pattern| pattern == name || (pattern.contains('*') && capture(pattern, name).is_some()))
}

fn convert(goal: &mut Goal<'_>, site: &Site<'_>, format: &str, conversions: &[Conversion], active: &[ClassId]) {
    for conversion in conversions.iter().rev() {
        let source = |name: &str| -> Option<String> {
            let captured = capture(&conversion.output, name)?;
            let source = fill(&conversion.field, &captured);
            site.may_have(&source).then_some(source)
        };
        goal.replace(active, &|class, name| {
            let value = Term::field(class, &source(name)?);
            Some(match conversion.function.as_str() {
                "ctime" => Term::call("strftime", vec![value, Term::text(format)]),
                "mktime" => Term::call("strptime", vec![value, Term::text(format)]),
                _ => value,
            })
        });
    }
}

fn fillnull(goal: &mut Goal<'_>, site: &Site<'_>, value: &str, fields: &[String], active: &[ClassId]) {
    goal.replace(active, &|class, name| {
        let filled = if fields.is_empty() { site.may_have(name) } else { matches(fields, name) };
        filled.then(|| Term::call("coalesce", vec![Term::Field(class, Arc::clone(name)), Term::text(value)]))
    });
}

fn rangemap(goal: &mut Goal<'_>, field: &str, ranges: &[(String, f64, f64)], default: &str, active: &[ClassId]) {
    goal.replace(active, &|class, name| {
        if &**name != "range" {
            return None;
        }
        let mut arguments = Vec::new();
        for (name, first, last) in ranges {
            let at_least = Term::call(">=", vec![Term::field(class, field), Term::number(*first)]);
            let at_most = Term::call("<=", vec![Term::field(class, field), Term::number(*last)]);
            arguments.extend([Term::call("and", vec![at_least, at_most]), Term::text(name)]);
        }
        arguments.extend([Term::Value(spl::value::Value::Bool(true)), Term::text(default)]);
        Some(Term::call("case", arguments))
    });
}

fn addtotals(goal: &mut Goal<'_>, totals: &plan::Addtotals, active: &[ClassId]) {
    let Some(row) = &totals.row else { return };
    let fields: Vec<&String> = totals.fields.iter().filter(|field| !field.contains('*')).collect();
    goal.replace(active, &|class, name| {
        if &**name != row.as_str() {
            return None;
        }
        let or_zero = |field: &&String| Term::call("coalesce", vec![Term::field(class, field), Term::number(0.0)]);
        let sum = fields.iter().map(or_zero).reduce(|sum, next| Term::call("+", vec![sum, next]));
        Some(sum.unwrap_or_else(|| Term::number(0.0)))
    });
}

/// `foreach` over fields that only the rows know: it is undone for a few fields that its patterns match.
fn foreach_fields(goal: &mut Goal<'_>, foreach: &plan::Foreach, active: &[ClassId]) -> Result<(), Conflict> {
    let mut names: Vec<(String, String)> = Vec::new();
    for pattern in &foreach.fields {
        if let Some((start, end)) = pattern.split_once('*') {
            if start.is_empty() && end.is_empty() {
                // Over all fields: none is added, and those that are there are left as they are.
                continue;
            }
            names.extend(["0", "1"].map(|matched| (format!("{start}{matched}{end}"), matched.to_owned())));
        } else {
            names.push((pattern.clone(), pattern.clone()));
        }
    }
    for (name, matched) in names.iter().rev() {
        let body = foreach.template.replace(&foreach.field_token, name).replace(&foreach.match_token, matched);
        let parsed = spl::parse(&format!("| makeresults | {}", body.trim().trim_start_matches('|')));
        for command in parsed.pipeline.commands.iter().skip(1).rev() {
            let CommandKind::Eval(assignments) = &command.kind else {
                return Err(Conflict::new("a `foreach` of something else than `eval`"));
            };
            for assignment in assignments.iter().rev() {
                let field = assignment.field.name.as_str();
                goal.replace(active, &|class, name| (&**name == field).then(|| lower::term(class, &assignment.expr)));
            }
        }
    }
    Ok(())
}
