//! `tstats`: aggregates over a dataset.
//!
//! Source: Search Reference, "tstats". A row whose by-field is null is dropped unless `fillnull_value` says otherwise.

use cim::Dataset;
use diag::{Diagnostic, codes};
use spl::ast::{Aggregate, AggregateArgument, ByField, Command, CommandKind, CompareOp, Field, Spanned, Term};

use super::{Spec, bin, from, option, stats};
use crate::checker::Checker;
use crate::dataset::{self, Source};
use crate::predicate::{Raw, Resolved, Scope, all, lower};
use crate::{AggregateOver, Aggregation, GroupBy, Op, Predicate, Schema, TimeRange, Tstats, TstatsSource, time_range};

pub(super) const SPEC: Spec = Spec { name: "tstats", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Tstats(tstats) = &command.kind else {
        return None;
    };
    from::comes_first(checker, command);
    let fillnull_value = options(checker, &tstats.options);
    let mut range = TimeRange::default();
    let terms = tstats.filter.as_ref().and_then(|term| time_range::split(checker, term, &mut range));
    let source = dataset::find(checker, tstats.from.as_ref(), terms.as_ref().and_then(nodename));
    let filter = terms.as_ref().map(|term| filter(checker, &source, term));
    let by = by(checker, &source, &tstats.by);
    let made = tstats.aggregates.iter().filter_map(|written| {
        let made = aggregation(checker, &source, written)?;
        Some(stats::Named { made, span: written.span, wildcard: false })
    });
    let made = made.collect();
    let aggregations = stats::unique(checker, made);
    let names = by.iter().map(|group| &group.output).chain(aggregations.iter().map(|made| &made.output));
    checker.schema = Schema::closed(names.cloned().collect());
    let source = source.found?;
    let children = children(checker, command, &source, (filter.as_ref(), &by, &aggregations));
    Some(Op::Tstats(Tstats {
        source,
        children,
        filter: filter.filter(|kept| *kept != Predicate::True),
        by,
        aggregations,
        fillnull_value,
        range: time_range::finished(range),
        append: false,
    }))
}

/// The children of the dataset whose own fields are read. An event can be in several of them, and then its row would have the
/// fields of all.
fn children(
    checker: &mut Checker<'_>,
    command: &Command,
    source: &TstatsSource,
    (filter, by, aggregations): (Option<&Predicate>, &[GroupBy], &[Aggregation]),
) -> Vec<&'static Dataset> {
    let TstatsSource::Dataset(dataset) = source else { return Vec::new() };
    let mut names: Vec<&str> = by.iter().filter_map(|group| group.field.as_deref()).collect();
    names.extend(aggregations.iter().filter_map(|made| match &made.over {
        AggregateOver::Field(name) => Some(name.as_str()),
        _ => None,
    }));
    if let Some(filter) = filter {
        filter.fields(&mut |name| names.push(name));
    }
    let mut children: Vec<&'static Dataset> = Vec::new();
    for (child, _) in names.into_iter().filter_map(|name| dataset::child_field(dataset, name)) {
        if !children.contains(&child) {
            children.push(child);
        }
    }
    let by_condition = children.iter().any(|child| !child.all_conditions().is_empty());
    if children.len() > 1 || by_condition {
        let names: Vec<String> = children.iter().map(|child| format!("`{}`", child.id.dataset)).collect();
        let message =
            format!("own fields of {} beside those of `{}` are not supported", names.join(" and "), dataset.id);
        checker.unsupported(codes::UNSUPPORTED_OPTION, command.span, message);
    }
    children
}

const OPTIONS: &[&str] = &[
    "allow_old_summaries",
    "append",
    "chunk_size",
    "fillnull_value",
    "include_reduced_buckets",
    "local",
    "prestats",
    "summariesonly",
    "use_summary_index_values",
];

/// Check the options; gives the value of `fillnull_value`.
///
/// `summariesonly` and `allow_old_summaries` choose between summaries and raw events: Weir's dataset tables are always
/// complete and current, so both values give the same rows.
fn options(checker: &mut Checker<'_>, options: &[option::Setting]) -> Option<String> {
    let mut fillnull_value = None;
    for setting in options {
        match setting.0.value.to_lowercase().as_str() {
            "fillnull_value" => fillnull_value = Some(setting.1.value.trim_matches('"').to_owned()),
            // How the work is done, and on which of several servers: no result changes.
            "summariesonly"
            | "allow_old_summaries"
            | "local"
            | "include_reduced_buckets"
            | "use_summary_index_values" => {
                option::boolean(checker, setting);
            }
            "chunk_size" => {
                option::number(checker, setting);
            }
            "prestats" => {
                if option::boolean(checker, setting) == Some(true) {
                    option::refuse(checker, setting, "is not supported");
                }
            }
            "append" => {
                if option::boolean(checker, setting) == Some(true) {
                    option::refuse(checker, setting, "works with `prestats=true` alone, which is not supported");
                }
            }
            _ => option::unknown(checker, &setting.0, OPTIONS),
        }
    }
    fillnull_value
}

/// The value of `nodename=` where it must hold: alone or in a conjunction.
fn nodename(term: &Term) -> Option<Spanned<String>> {
    match term {
        Term::Compare { field, op: CompareOp::Equal, value } if field.name == "nodename" => {
            let [node] = value.parts.as_slice() else {
                return None;
            };
            Some(Spanned { value: node.clone(), span: value.span })
        }
        Term::And(terms) => terms.iter().find_map(nodename),
        _ => None,
    }
}

fn filter(checker: &mut Checker<'_>, source: &Source, term: &Term) -> Predicate {
    match term {
        Term::Compare { .. } if nodename(term).is_some() => Predicate::True,
        Term::And(terms) => all(terms.iter().map(|term| filter(checker, source, term)).collect()),
        _ => lower(checker, &mut DatasetScope { source }, term),
    }
}

/// The fields of the dataset, written with its prefix.
struct DatasetScope<'a> {
    source: &'a Source,
}

impl Scope for DatasetScope<'_> {
    fn resolve(&mut self, checker: &mut Checker<'_>, field: &Field) -> Resolved {
        if field.name == "nodename" {
            let message = "`nodename` is supported only as one condition that must hold";
            checker.unsupported(codes::UNSUPPORTED_OPTION, field.span, message);
            return Resolved::Missing;
        }
        dataset::field(checker, self.source, field).map_or(Resolved::Missing, Resolved::Field)
    }

    fn raw(&self, _checker: &Checker<'_>) -> Raw {
        Raw::Elsewhere
    }
}

fn by(checker: &mut Checker<'_>, source: &Source, by: &[ByField]) -> Vec<GroupBy> {
    let mut groups: Vec<GroupBy> = Vec::new();
    for ByField { field, bucket } in by {
        if let Some(bucket) = bucket {
            bin::check_span(checker, bucket);
        }
        let name = dataset::field(checker, source, field);
        if !groups.iter().any(|group| group.output == field.name) {
            let bucket = bucket.as_ref().map(|bucket| bucket.value.clone());
            groups.push(GroupBy { field: name, output: field.name.clone(), bucket });
        }
    }
    groups
}

fn aggregation(checker: &mut Checker<'_>, source: &Source, aggregate: &Aggregate) -> Option<Aggregation> {
    let (function, parameter) = stats::function(checker, aggregate)?;
    // Manual, "tstats": these aggregates of `stats` are not among its functions.
    if matches!(function, "list" | "exactperc") {
        let message = format!("`tstats` has no aggregate `{}`", aggregate.function.value);
        checker.push(Diagnostic::error(codes::UNKNOWN_FUNCTION, aggregate.function.span, message));
    }
    let over = match &aggregate.argument {
        None => AggregateOver::Rows,
        Some(AggregateArgument::Eval(_)) => {
            let message = "`tstats` aggregates fields, not `eval` expressions";
            checker.push(Diagnostic::error(codes::BAD_ARGUMENT, aggregate.span, message));
            return None;
        }
        Some(AggregateArgument::Field(field)) => {
            dataset::field(checker, source, field).map_or(AggregateOver::Missing, AggregateOver::Field)
        }
    };
    let output = stats::output_name(checker.text, aggregate);
    Some(Aggregation { function: function.to_owned(), parameter, over, output })
}
