//! `mstats`: aggregates over metrics.
//!
//! Source: Search Reference, "mstats". Names and values of dimensions are compared as they stand, upper and lower case apart.

use diag::{Diagnostic, codes};
use spl::ast::{Aggregate, AggregateArgument, Command, CommandKind, CompareOp, Field, Pattern, Term, Tstats};
use text::Span;

use super::models::Setting;
use super::option::{bad_value, truth};
use super::{Spec, bin, comes_first, stats};
use crate::checker::Checker;
use crate::predicate::{Raw, Resolved, Scope, lower};
use crate::{AggregateOver, Aggregation, Mstats, Op, Predicate, Schema, TimeRange};

pub(super) const SPEC: Spec = Spec { name: "mstats", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Mstats(mstats) = &command.kind else {
        return None;
    };
    comes_first(checker, command);
    let options = options(checker, &mstats.options);
    let made = mstats.aggregates.iter().filter_map(|written| {
        let made = aggregation(checker, written)?;
        let wildcard = matches!(made.over, AggregateOver::Wildcard(_));
        Some(stats::Named { made, span: written.span, wildcard })
    });
    let made = made.collect();
    let aggregations = stats::unique(checker, made);
    let over_values = one_form(checker, command, &mstats.aggregates);
    let (filter, range) = filter(checker, mstats.filter.as_ref(), over_values);
    if over_values && !mstats.filter.as_ref().is_some_and(names_metrics) {
        let found =
            Diagnostic::error(codes::BAD_ARGUMENT, command.span, "aggregates over `_value` need the metric's name");
        checker.push(found.help("add `WHERE metric_name=…`"));
    }
    let by = by(checker, mstats);
    let time = options.span.is_some().then(|| "_time".to_owned());
    let mut fields: Vec<String> = time.into_iter().chain(by.iter().cloned()).collect();
    fields.extend(aggregations.iter().map(|made| made.output.clone()).filter(|name| !name.contains('*')));
    let open = aggregations.iter().any(|made| made.output.contains('*'));
    checker.schema = Schema { open, ..Schema::closed(fields) };
    Some(Op::Mstats(Mstats { aggregations, filter, range, by, ..options }))
}

const KNOWN: &[&str] =
    &["append", "backfill", "chart", "chunk_size", "every", "fillnull_value", "prestats", "span", "update_period"];

/// The options, in a `Mstats` that lacks the rest.
fn options(checker: &mut Checker<'_>, options: &[Setting]) -> Mstats {
    let (mut span, mut fillnull_value) = (None, None);
    for (name, value) in options {
        let written = value.value.as_str();
        match name.value.to_lowercase().as_str() {
            "span" if written.eq_ignore_ascii_case("auto") => {
                let message = "`span=auto` is not supported: which span Splunk takes is not documented";
                checker.unsupported(codes::UNSUPPORTED_OPTION, name.span.to(value.span), message);
            }
            "span" => {
                bin::check_span(checker, value);
                span = Some(written.to_owned());
            }
            "fillnull_value" => fillnull_value = Some(written.to_owned()),
            "chunk_size" if written.parse::<u64>().is_ok_and(|size| size >= 10_000) => {}
            "chunk_size" => bad_value(checker, name, value, "a number from 10000 on"),
            // Of real-time searches only.
            "update_period" if written.parse::<u64>().is_ok() => {}
            "update_period" => bad_value(checker, name, value, "a number"),
            "backfill" => {
                truth(checker, name, value);
            }
            "prestats" | "append" | "chart" => {
                if truth(checker, name, value) == Some(true) {
                    let message = format!("option `{}={written}` of `mstats` is not supported", name.value);
                    checker.unsupported(codes::UNSUPPORTED_OPTION, name.span.to(value.span), message);
                }
            }
            "every" => {
                let message = "option `every` of `mstats` is not supported";
                checker.unsupported(codes::UNSUPPORTED_OPTION, name.span.to(value.span), message);
            }
            _ => stats::unknown_option(checker, name, KNOWN),
        }
    }
    let (aggregations, by, range) = (Vec::new(), Vec::new(), TimeRange::default());
    Mstats { aggregations, filter: Predicate::True, range, by, span, fillnull_value }
}

/// The manual's list of functions for `mstats`.
const FUNCTIONS: &[&str] = &[
    "avg",
    "count",
    "earliest",
    "earliest_time",
    "latest",
    "latest_time",
    "max",
    "median",
    "min",
    "perc",
    "range",
    "rate",
    "rate_avg",
    "rate_sum",
    "stdev",
    "stdevp",
    "sum",
    "sumsq",
    "upperperc",
    "var",
    "varp",
];

fn aggregation(checker: &mut Checker<'_>, written: &Aggregate) -> Option<Aggregation> {
    let (function, parameter) = stats::function(checker, written)?;
    if !FUNCTIONS.contains(&function) {
        let message = format!("`mstats` has no aggregate `{}`", written.function.value);
        checker.push(Diagnostic::error(codes::UNKNOWN_FUNCTION, written.function.span, message));
        return None;
    }
    let over = match &written.argument {
        // Manual: a bare count is `count(_value)`.
        None => AggregateOver::Rows,
        Some(AggregateArgument::Field(field)) if field.name == "_value" => AggregateOver::Rows,
        Some(AggregateArgument::Field(field)) if field.name == "_time" => {
            let message = "`mstats` aggregates metrics, not `_time`";
            checker.push(Diagnostic::error(codes::BAD_ARGUMENT, field.span, message));
            return None;
        }
        Some(AggregateArgument::Field(field)) if field.name.contains('*') => {
            AggregateOver::Wildcard(field.name.clone())
        }
        Some(AggregateArgument::Field(field)) => AggregateOver::Field(field.name.clone()),
        Some(AggregateArgument::Eval(_)) => {
            let message = "`mstats` aggregates metrics, not `eval` expressions";
            checker.push(Diagnostic::error(codes::BAD_ARGUMENT, written.span, message));
            return None;
        }
    };
    let output = stats::output_name(checker.text, written);
    if let AggregateOver::Wildcard(pattern) = &over
        && pattern.matches('*').count() != output.matches('*').count()
    {
        let message = format!("`{output}` has not as many `*` as `{pattern}`");
        let span = written.alias.as_ref().map_or(written.span, |alias| alias.span);
        checker.push(Diagnostic::error(codes::BAD_ARGUMENT, span, message));
    }
    Some(Aggregation { function: function.to_owned(), parameter, over, output })
}

/// True for aggregates over `_value`, false for aggregates over named metrics. Manual: a search is of one form.
fn one_form(checker: &mut Checker<'_>, command: &Command, aggregates: &[Aggregate]) -> bool {
    let of_values = |written: &&Aggregate| match &written.argument {
        None => true,
        Some(AggregateArgument::Field(field)) => field.name == "_value",
        Some(AggregateArgument::Eval(_)) => false,
    };
    let values = aggregates.iter().filter(of_values).count();
    if values > 0 && values < aggregates.len() {
        let message = "aggregates over `_value` and over named metrics cannot stand together";
        checker.push(Diagnostic::error(codes::BAD_ARGUMENT, command.span, message));
    }
    values > 0
}

fn names_metrics(term: &Term) -> bool {
    let is_name = |field: &Field| field.name == "metric_name";
    match term {
        Term::And(terms) | Term::Or(terms) => terms.iter().any(names_metrics),
        Term::Compare { field, .. } | Term::In { field, .. } => is_name(field),
        _ => false,
    }
}

/// The condition on data points, and the time modifiers that stand beside it.
pub(super) fn filter(checker: &mut Checker<'_>, term: Option<&Term>, by_name: bool) -> (Predicate, TimeRange) {
    let mut range = TimeRange::default();
    let Some(term) = term else {
        return (Predicate::True, range);
    };
    let terms = match term {
        Term::And(terms) => terms.as_slice(),
        term => std::slice::from_ref(term),
    };
    let mut kept = Vec::new();
    for term in terms {
        match term {
            Term::Compare { field, op: CompareOp::Equal, value } if modifier(&mut range, &field.name).is_some() => {
                time(checker, &mut range, field, value);
            }
            term => {
                refuse_words(checker, term);
                kept.push(lower(checker, &mut DataPoints { by_name }, term));
            }
        }
    }
    (crate::predicate::all(kept), range)
}

fn modifier<'r>(range: &'r mut TimeRange, name: &str) -> Option<&'r mut Option<String>> {
    match name {
        "earliest" => Some(&mut range.earliest),
        "latest" => Some(&mut range.latest),
        _ => None,
    }
}

fn time(checker: &mut Checker<'_>, range: &mut TimeRange, field: &Field, value: &Pattern) {
    let written = value.parts.join("*");
    if spl::time::resolve(&written, 0, &spl::time::utc()).is_none() {
        let found = Diagnostic::error(codes::BAD_ARGUMENT, value.span, format!("`{written}` is no time"));
        checker.push(found.help("write a time such as `-1h`, `-7d@d` or seconds since 1970"));
    }
    if let Some(place) = modifier(range, &field.name) {
        *place = Some(written);
    }
}

/// Manual: no terms or phrases, no `CASE` or `TERM`, no subsearches.
fn refuse_words(checker: &mut Checker<'_>, term: &Term) {
    let mut refuse = |what: &str, span: Span| {
        let found = Diagnostic::error(codes::BAD_ARGUMENT, span, format!("metrics are not searched for {what}"));
        checker.push(found.help("write `dimension=value`"));
    };
    term.visit(&mut |term| match term {
        Term::Keyword(pattern) if pattern.parts.iter().any(|part| !part.is_empty()) => refuse("words", pattern.span),
        Term::Directive { name, .. } => refuse(&format!("`{}()`", name.value), name.span),
        Term::Subsearch(subsearch) => refuse("what a subsearch says", subsearch.span),
        _ => {}
    });
}

/// Any name may be that of a dimension.
struct DataPoints {
    /// The metric's name is a condition too.
    by_name: bool,
}

impl Scope for DataPoints {
    fn resolve(&mut self, checker: &mut Checker<'_>, field: &Field) -> Resolved {
        if field.name == "_value" || (field.name == "metric_name" && !self.by_name) {
            let message = format!("`{}` is no condition where metrics are named in the aggregates", field.name);
            checker.push(Diagnostic::error(codes::BAD_ARGUMENT, field.span, message));
            return Resolved::Missing;
        }
        Resolved::Field(field.name.clone())
    }

    /// [`refuse_words`] says so in the manual's words.
    fn raw(&self, _checker: &Checker<'_>) -> Raw {
        Raw::Here
    }
}

/// Dimensions, each once.
pub(super) fn by(checker: &mut Checker<'_>, mstats: &Tstats) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for field in mstats.by.iter().map(|by| &by.field) {
        let name = field.name.as_str();
        match name {
            "_value" | "_time" => {
                let message = format!("metrics cannot be grouped by `{name}`");
                let found = Diagnostic::error(codes::BAD_ARGUMENT, field.span, message);
                checker.push(if name == "_time" { found.help("add `span=…`") } else { found });
            }
            "_timeseries" => {
                checker.unsupported(
                    codes::UNSUPPORTED_OPTION,
                    field.span,
                    "grouping by `_timeseries` is not supported",
                );
            }
            _ if name.contains('*') => {
                let message = "metrics cannot be grouped by a name with a wildcard";
                checker.push(Diagnostic::error(codes::BAD_ARGUMENT, field.span, message));
            }
            _ if !names.iter().any(|known| known == name) => names.push(name.to_owned()),
            _ => {}
        }
    }
    names
}
