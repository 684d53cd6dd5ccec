//! `stats`, and what it shares with `eventstats` and `tstats`.

use diag::{Diagnostic, codes};
use spl::ast::{Aggregate, AggregateArgument, ByField, Command, CommandKind, Field, Spanned, Stats};
use text::Span;

pub(super) use super::option::unknown as unknown_option;
use super::option::{Setting, boolean, refuse};
use super::{Spec, sparkline, wants_results};
use crate::checker::Checker;
use crate::function::{AggregateName, resolve_aggregate};
use crate::wildcard::{capture, fill};
use crate::{AggregateOver, Aggregation, Op, Schema, Sparklines, StatsOptions, expr};

pub(super) const SPEC: Spec = Spec { name: "stats", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Stats(stats) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let options = options(checker, &stats.options, &["allnum", "dedup_splitvals", "delim", "partitions"]);
    if stats.aggregates.iter().any(sparkline::is) {
        return with_sparklines(checker, stats, options);
    }
    let (aggregations, by) = resolve(checker, stats);
    only_results(checker, by.clone(), &aggregations);
    Some(Op::Stats { aggregations, by, options })
}

fn with_sparklines(checker: &mut Checker<'_>, stats: &Stats, options: StatsOptions) -> Option<Op> {
    let by = by(checker, &stats.by);
    let (mut lines, mut others, mut order) = (Vec::new(), Vec::new(), by.clone());
    for aggregate in &stats.aggregates {
        order.push(output_name(checker.text, aggregate));
        if sparkline::is(aggregate) {
            lines.push(sparkline::resolve(checker, aggregate, &by)?);
        } else {
            others.push(aggregate.clone());
        }
    }
    let aggregations = aggregations(checker, &others, &by);
    let names = aggregations.iter().chain(lines.iter().map(|line| &line.aggregation)).map(|made| &made.output);
    let mut seen: Vec<&String> = Vec::new();
    for name in names {
        if seen.contains(&name) || by.contains(name) {
            let message = format!("two results are called `{name}`");
            checker.push(Diagnostic::error(codes::BAD_ARGUMENT, stats_span(stats), message));
        }
        seen.push(name);
    }
    let all: Vec<Aggregation> =
        aggregations.iter().cloned().chain(lines.iter().map(|line| line.aggregation.clone())).collect();
    only_results(checker, by.clone(), &all);
    Some(Op::Sparklines(Sparklines { lines, aggregations, by, options, order }))
}

fn stats_span(stats: &Stats) -> Span {
    stats.aggregates.first().map(|aggregate| aggregate.span).unwrap_or_default()
}

/// The aggregates and by-fields of `stats` and its kin.
pub(super) fn resolve(checker: &mut Checker<'_>, stats: &Stats) -> (Vec<Aggregation>, Vec<String>) {
    let by = by(checker, &stats.by);
    (aggregations(checker, &stats.aggregates, &by), by)
}

/// Aggregates, by `by`.
pub(super) fn aggregations(checker: &mut Checker<'_>, written: &[Aggregate], by: &[String]) -> Vec<Aggregation> {
    let made = written.iter().flat_map(|aggregate| {
        let made = aggregation(checker, aggregate, by).into_iter();
        made.map(|made| Named { made, span: aggregate.span, wildcard: is_wildcard(aggregate) }).collect::<Vec<_>>()
    });
    let made = made.collect();
    unique(checker, made)
}

/// The fields of the results are these and those of the aggregates.
pub(super) fn only_results(checker: &mut Checker<'_>, mut fields: Vec<String>, aggregations: &[Aggregation]) {
    let open = checker.schema.open && aggregations.iter().any(|made| made.output.contains('*'));
    fields.extend(aggregations.iter().map(|made| made.output.clone()).filter(|name| !name.contains('*')));
    checker.schema = Schema { open, ..Schema::closed(fields) };
}

/// The fields of the aggregates come to those there are.
pub(super) fn add_outputs(checker: &mut Checker<'_>, aggregations: &[Aggregation]) {
    for made in aggregations.iter().filter(|made| !made.output.contains('*')) {
        checker.schema.add(&made.output);
    }
}

/// An aggregate on its way into the plan.
pub(super) struct Named {
    pub(super) made: Aggregation,
    pub(super) span: Span,
    /// It came from a name with `*`.
    pub(super) wildcard: bool,
}

fn is_wildcard(aggregate: &Aggregate) -> bool {
    matches!(&aggregate.argument, Some(AggregateArgument::Field(field)) if field.name.contains('*'))
}

/// The aggregates without repeats. Two different results cannot have one name. Where one of them comes from a wildcard, as in
/// `stats min(t) as t values(*) as *`, the one that is named stays: our reading, the manual does not say.
pub(super) fn unique(checker: &mut Checker<'_>, made: Vec<Named>) -> Vec<Aggregation> {
    let mut kept: Vec<Named> = Vec::new();
    for named in made {
        let name = named.made.output.clone();
        match kept.iter_mut().find(|known| known.made.output == name) {
            Some(known) if known.made == named.made => {}
            Some(known) if known.wildcard || named.wildcard => {
                let wildcard = if named.wildcard { named.span } else { known.span };
                let message = format!("the wildcard also gives `{name}`, which another result is called");
                let found = Diagnostic::warning(codes::BAD_ARGUMENT, wildcard, message);
                checker.push(found.label("the result that is named stays"));
                if known.wildcard && !named.wildcard {
                    *known = named;
                }
            }
            Some(_) => {
                let message = format!("two results are called `{name}`");
                checker.push(Diagnostic::error(codes::BAD_ARGUMENT, named.span, message));
            }
            None => kept.push(named),
        }
    }
    kept.into_iter().map(|named| named.made).collect()
}

/// The options of `stats`, or those of them that its kin have.
pub(super) fn options(checker: &mut Checker<'_>, options: &[Setting], known: &[&str]) -> StatsOptions {
    let mut read = StatsOptions::default();
    for setting in options {
        let name = &setting.0;
        match name.value.to_lowercase().as_str() {
            option if !known.contains(&option) => unknown_option(checker, name, known),
            // How the work is split changes no result.
            "partitions" => {}
            "allnum" => read.all_numbers = boolean(checker, setting).unwrap_or_default(),
            "dedup_splitvals" => read.dedup_split_values = boolean(checker, setting).unwrap_or_default(),
            "delim" => refuse(checker, setting, "is not supported: values of a list stay apart"),
            _ => {}
        }
    }
    read
}

fn by(checker: &mut Checker<'_>, by: &[ByField]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for ByField { field, bucket } in by {
        if let Some(bucket) = bucket {
            checker.unsupported(
                codes::UNSUPPORTED_OPTION,
                bucket.span,
                "`span=` in the by-clause of `stats` is not supported",
            );
        }
        if field.name.contains('*') {
            checker.unsupported(codes::UNSUPPORTED_OPTION, field.span, "a wildcard in a by-clause is not supported");
            continue;
        }
        checker.reads_field(field);
        if !names.contains(&field.name) {
            names.push(field.name.clone());
        }
    }
    names
}

/// One aggregate; over a wildcard one for each field that is known to match.
fn aggregation(checker: &mut Checker<'_>, aggregate: &Aggregate, by: &[String]) -> Vec<Aggregation> {
    let Some((function, parameter)) = function(checker, aggregate) else {
        return Vec::new();
    };
    let output = output_name(checker.text, aggregate);
    let made = |over, output| Aggregation { function: function.to_owned(), parameter, over, output };
    if matches!(function, "earliest" | "earliest_time" | "latest" | "latest_time" | "rate")
        && !checker.reads("_time", aggregate.function.span)
    {
        let message = format!("`{function}` goes by `_time`, which no longer exists here");
        checker.unsupported(codes::UNSUPPORTED_OPTION, aggregate.function.span, message);
    }
    match &aggregate.argument {
        None => vec![made(AggregateOver::Rows, output)],
        Some(AggregateArgument::Eval(inner)) => {
            if expr::calls(inner, "random") {
                // Its numbers go by the place of the row, which only `eval` and `where` know.
                let message = "`random` in an aggregate is not supported";
                checker.unsupported(codes::UNSUPPORTED_FUNCTION, inner.span, message);
            }
            vec![made(AggregateOver::Eval(expr::resolve(checker, inner)), output)]
        }
        Some(AggregateArgument::Field(field)) if field.name.contains('*') => {
            checker.needs(&field.name);
            if checker.schema.open {
                return vec![made(AggregateOver::Wildcard(field.name.clone()), output)];
            }
            let matching = checker.schema.matching(&field.name);
            let others = matching.iter().filter(|name| !by.contains(name));
            let filled = others.filter_map(|name| Some((name, fill(&output, &capture(&field.name, name)?))));
            filled.map(|(name, output)| made(AggregateOver::Field(name.clone()), output)).collect()
        }
        Some(AggregateArgument::Field(field)) => {
            let exists = checker.reads_field(field);
            let over = if exists { AggregateOver::Field(field.name.clone()) } else { AggregateOver::Missing };
            vec![made(over, output)]
        }
    }
}

/// The canonical name and parameter of an aggregate; `None` when it was refused.
pub(super) fn function(checker: &mut Checker<'_>, aggregate: &Aggregate) -> Option<(&'static str, Option<f64>)> {
    let Spanned { value: written, span } = &aggregate.function;
    checker.usage.functions.insert(written.to_lowercase());
    let (name, parameter, bare) = match resolve_aggregate(written) {
        AggregateName::Supported(name, parameter, bare) => (name, parameter, bare),
        AggregateName::Unsupported => {
            checker.unsupported(codes::UNSUPPORTED_FUNCTION, *span, format!("aggregate `{written}` is not supported"));
            return None;
        }
        AggregateName::Unknown(near) => {
            let found = Diagnostic::error(codes::UNKNOWN_FUNCTION, *span, format!("unknown aggregate `{written}`"));
            checker.unknown(found.label("no such aggregate"), near);
            return None;
        }
    };
    if !bare && aggregate.argument.is_none() {
        let message = format!("`{written}` needs a field, as in `{written}(user)`");
        checker.push(Diagnostic::error(codes::WRONG_ARITY, aggregate.span, message));
        return None;
    }
    if matches!(aggregate.argument, Some(AggregateArgument::Eval(_))) && aggregate.alias.is_none() {
        let message = format!("`{written}(eval(…))` needs a name");
        let found = Diagnostic::error(codes::BAD_ARGUMENT, aggregate.span, message);
        checker.push(found.help("add `AS` and a field name"));
    }
    Some((name, parameter))
}

/// The name of the result: the alias, else what was written without blanks: `count`, `values(Processes.process)`.
pub(super) fn output_name(text: &str, aggregate: &Aggregate) -> String {
    if let Some(alias) = &aggregate.alias {
        return alias.name.clone();
    }
    let function = aggregate.function.value.as_str();
    match &aggregate.argument {
        None => function.to_lowercase(),
        Some(AggregateArgument::Field(Field { name, .. })) => format!("{function}({name})"),
        Some(AggregateArgument::Eval(inner)) => {
            format!("{function}(eval({}))", inner.span.of(text))
        }
    }
}
