//! `timechart`: a table of aggregates whose rows are spans of time.

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind};
use spl::time::TimeSpan;

use super::chart::{self, Settings};
use super::option::Setting;
use super::{Spec, buckets, wants_results};
use crate::checker::Checker;
use crate::{Op, Timechart};

pub(super) const SPEC: Spec = Spec { name: "timechart", check };

const OPTIONS: &[&str] = &[
    "agg",
    "cont",
    "dedup_splitvals",
    "fixedrange",
    "format",
    "limit",
    "nullstr",
    "otherstr",
    "partial",
    "sep",
    "usenull",
    "useother",
];

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Chart(written) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let split = match (&written.over, written.by.as_slice()) {
        (None, []) => None,
        (None, [split]) => Some(split),
        (Some(extra), _) | (None, [_, extra, ..]) => {
            let message = "the rows of `timechart` are times; it takes one field behind `BY`";
            checker.push(Diagnostic::error(codes::SYNTAX, extra.field.span, message));
            return None;
        }
    };
    checker.reads("_time", command.name.span);
    let mut settings = Settings::read(checker, &written.options, OPTIONS);
    if let Some(split) = split {
        checker.reads_field(&split.field);
    }
    let keys: Vec<String> =
        std::iter::once("_time").chain(split.map(|split| split.field.name.as_str())).map(str::to_owned).collect();
    let aggregations = chart::aggregations(checker, written, &keys)?;
    let behind = split.map_or(&[] as &[Setting], |split| &split.options);
    let (of_split, of_time): (Vec<Setting>, Vec<Setting>) = behind.iter().cloned().partition(is_of_split);
    settings.buckets.extend(of_time);
    let time = buckets::resolve(checker, &settings.buckets);
    let split = split.map(|field| settings.split(checker, written, field, &of_split));
    chart::after(checker, Some("_time".to_owned()), &aggregations, split.is_some());
    let Settings { continuous, partial, fixed_range, dedup_split_values, .. } = settings;
    let made = Timechart { aggregations, buckets: time, continuous, fixed_range, partial, split, dedup_split_values };
    Some(Op::Timechart(made))
}

/// Behind BY, a span with a unit of time is that of the rows, as content writes it (`timechart count by user span=1h`); a
/// number, `start` and `end` are the split field's. The manual gives all of them to the split field.
fn is_of_split(option: &Setting) -> bool {
    let (name, value) = option;
    match name.value.to_lowercase().as_str() {
        "start" | "end" => true,
        "span" => !matches!(
            TimeSpan::parse(&value.value),
            Some(TimeSpan::Micros(_) | TimeSpan::Days { .. } | TimeSpan::Months(_))
        ),
        _ => false,
    }
}
