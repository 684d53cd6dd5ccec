//! `chart`, and what `timechart` shares with it: a table of aggregates, one field's values its rows, another's its columns.

use diag::{Diagnostic, codes};
use spl::ast::ChartField;
use spl::ast::{Chart as Written, Command, CommandKind, SeriesFilter as WrittenFilter, SeriesTest as WrittenTest};

use super::option::{Setting, bad_value, boolean, unknown};
use super::stats;
use super::{Spec, buckets, wants_results};
use crate::checker::Checker;
use crate::function::{AggregateName, resolve_aggregate};
use crate::{Aggregation, Chart, Op, SeriesFilter, SeriesTest, SplitBy};

pub(super) const SPEC: Spec = Spec { name: "chart", check };

const OPTIONS: &[&str] =
    &["agg", "cont", "dedup_splitvals", "format", "limit", "nullstr", "otherstr", "sep", "usenull", "useother"];

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Chart(written) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let (row, split) = match (&written.over, written.by.as_slice()) {
        (None, []) => (None, None),
        (None, [row]) | (Some(row), []) => (Some(row), None),
        (None, [row, split]) | (Some(row), [split]) => (Some(row), Some(split)),
        (_, [.., last]) => {
            let message = "`chart` takes one field for its rows and one for its columns";
            checker.push(Diagnostic::error(codes::SYNTAX, last.field.span, message));
            return None;
        }
    };
    let settings = Settings::read(checker, &written.options, OPTIONS);
    for field in [row, split].into_iter().flatten() {
        checker.reads_field(&field.field);
    }
    let keys: Vec<String> = [row, split].into_iter().flatten().map(|field| field.field.name.clone()).collect();
    let aggregations = aggregations(checker, written, &keys)?;
    let of_row = settings.buckets.iter().chain(row.iter().flat_map(|row| &row.options)).cloned().collect::<Vec<_>>();
    let of_row = (!of_row.is_empty()).then(|| buckets::resolve(checker, &of_row));
    let split = split.map(|field| settings.split(checker, written, field, &field.options));
    let over = row.map(|row| row.field.name.clone());
    after(checker, over.clone(), &aggregations, split.is_some());
    let Settings { continuous, dedup_split_values, .. } = settings;
    Some(Op::Chart(Chart { aggregations, over, buckets: of_row, continuous, split, dedup_split_values }))
}

/// The aggregates of a chart by its fields; `None` where an expression over aggregates is asked for.
pub(super) fn aggregations(checker: &mut Checker<'_>, chart: &Written, keys: &[String]) -> Option<Vec<Aggregation>> {
    let mut computed = chart.aggregates.iter().filter(|made| made.function.value.eq_ignore_ascii_case("eval"));
    if let Some(computed) = computed.next() {
        let message = "an expression over aggregates is not supported";
        checker.unsupported(codes::UNSUPPORTED_OPTION, computed.span, message);
        return None;
    }
    let made = stats::aggregations(checker, &chart.aggregates, keys);
    if let Some(filter) = chart.filter.as_ref().filter(|_| made.len() > 1) {
        let message = "`where` over the columns of several aggregates is not supported";
        checker.unsupported(codes::UNSUPPORTED_OPTION, filter.aggregate.span, message);
    }
    Some(made)
}

/// The fields after a chart: with columns named by values, only the field of the rows is known.
pub(super) fn after(checker: &mut Checker<'_>, row: Option<String>, aggregations: &[Aggregation], split: bool) {
    let fields: Vec<String> = row.into_iter().collect();
    if split { checker.detach(fields) } else { stats::only_results(checker, fields, aggregations) }
}

/// The options of `chart` and `timechart` that are no aggregates.
pub(super) struct Settings {
    /// Those of buckets before BY and OVER.
    pub(super) buckets: Vec<Setting>,
    pub(super) continuous: bool,
    pub(super) partial: bool,
    pub(super) fixed_range: bool,
    pub(super) dedup_split_values: bool,
    limit: u64,
    bottom: bool,
    useother: bool,
    usenull: bool,
    nullstr: String,
    otherstr: String,
    format: Option<String>,
    separator: String,
}

impl Settings {
    pub(super) fn read(checker: &mut Checker<'_>, options: &[Setting], known: &[&str]) -> Self {
        let mut read = Self {
            buckets: Vec::new(),
            continuous: true,
            partial: true,
            fixed_range: true,
            dedup_split_values: false,
            limit: 10,
            bottom: false,
            useother: true,
            usenull: true,
            nullstr: "NULL".to_owned(),
            otherstr: "OTHER".to_owned(),
            format: None,
            separator: ": ".to_owned(),
        };
        for option in options {
            let name = &option.0;
            let lower = name.value.to_lowercase();
            if buckets::is_option(&lower) {
                read.buckets.push(option.clone());
            } else if known.contains(&lower.as_str()) {
                read.set(checker, &lower, option);
            } else {
                unknown(checker, name, &[known, buckets::OPTIONS].concat());
            }
        }
        read
    }

    fn set(&mut self, checker: &mut Checker<'_>, option: &str, setting: &Setting) {
        let value = &setting.1.value;
        match option {
            "limit" => self.limit(checker, setting),
            "nullstr" => self.nullstr.clone_from(value),
            "otherstr" => self.otherstr.clone_from(value),
            "format" => self.format = Some(value.clone()),
            "sep" => self.separator.clone_from(value),
            _ => {
                let Some(on) = boolean(checker, setting) else { return };
                match option {
                    "cont" => self.continuous = on,
                    "partial" => self.partial = on,
                    "fixedrange" => self.fixed_range = on,
                    "usenull" => self.usenull = on,
                    "useother" => self.useother = on,
                    _ => self.dedup_split_values = on,
                }
            }
        }
    }

    /// `10`, `top10` or `bottom10`.
    fn limit(&mut self, checker: &mut Checker<'_>, (name, value): &Setting) {
        let lower = value.value.to_lowercase();
        let (bottom, count) = match (lower.strip_prefix("top"), lower.strip_prefix("bottom")) {
            (Some(count), _) => (false, count),
            (_, Some(count)) => (true, count),
            _ => (false, lower.as_str()),
        };
        match count.trim().parse() {
            Ok(limit) => (self.limit, self.bottom) = (limit, bottom),
            Err(_) => bad_value(checker, name, value, "a number, or `top` or `bottom` and a number"),
        }
    }

    /// The field of the columns.
    pub(super) fn split(
        &self,
        checker: &mut Checker<'_>,
        chart: &Written,
        field: &ChartField,
        buckets: &[Setting],
    ) -> SplitBy {
        let filter = chart.filter.as_ref().and_then(|written| filter(checker, written));
        SplitBy {
            field: field.field.name.clone(),
            limit: self.limit,
            useother: self.useother,
            usenull: self.usenull,
            nullstr: self.nullstr.clone(),
            otherstr: self.otherstr.clone(),
            bottom: self.bottom,
            buckets: (!buckets.is_empty()).then(|| buckets::resolve(checker, buckets)),
            format: self.format.clone().unwrap_or_else(|| format!("$AGG${}$VAL$", self.separator)),
            filter,
        }
    }
}

/// `WHERE` of a chart. What the aggregate runs over are a column's cells, whatever field is written.
fn filter(checker: &mut Checker<'_>, written: &WrittenFilter) -> Option<SeriesFilter> {
    let name = &written.aggregate.function;
    let (function, parameter) = match resolve_aggregate(&name.value) {
        AggregateName::Supported(function, parameter, _) => (function.to_owned(), parameter),
        AggregateName::Unsupported => {
            let message = format!("aggregate `{}` is not supported", name.value);
            checker.unsupported(codes::UNSUPPORTED_FUNCTION, name.span, message);
            return None;
        }
        AggregateName::Unknown(near) => {
            let message = format!("unknown aggregate `{}`", name.value);
            let found = Diagnostic::error(codes::UNKNOWN_FUNCTION, name.span, message);
            checker.unknown(found.label("no such aggregate"), near);
            return None;
        }
    };
    let test = match &written.test {
        WrittenTest::Compare { above, number } => {
            let number = spl::value::parse_number(&number.value)?;
            if *above { SeriesTest::Above(number) } else { SeriesTest::Below(number) }
        }
        WrittenTest::Rank { negated, bottom, count } => {
            SeriesTest::Rank { count: *count, bottom: *bottom, negated: *negated }
        }
    };
    Some(SeriesFilter { function, parameter, test })
}
