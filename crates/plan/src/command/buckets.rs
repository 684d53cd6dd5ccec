//! The options that say how values are put into buckets: of `bin`, `chart`, `timechart`, `makecontinuous`, and the `span=` of
//! `tstats`.

use diag::{Diagnostic, codes};
use spl::ast::Spanned;
use spl::time::{LogSpan, TimeSpan};

use super::option::{Setting, bad_value, number, unknown};
use crate::Buckets;
use crate::checker::Checker;

/// The options of buckets.
pub(super) const OPTIONS: &[&str] = &["aligntime", "bins", "end", "minspan", "span", "start"];

/// True for an option of buckets.
pub(super) fn is_option(name: &str) -> bool {
    OPTIONS.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Check the options and put them together. Of an option given twice the last one counts.
pub(super) fn resolve(checker: &mut Checker<'_>, options: &[Setting]) -> Buckets {
    let mut buckets = Buckets::default();
    for setting in options {
        let (name, value) = setting;
        match name.value.to_lowercase().as_str() {
            "span" => {
                check_span(checker, value);
                buckets.span = Some(value.value.clone());
            }
            "bins" => buckets.bins = bins(checker, setting).unwrap_or(buckets.bins),
            "minspan" => {
                check_time_span(checker, value);
                buckets.min_span = Some(value.value.clone());
            }
            "start" => buckets.start = decimal(checker, name, value),
            "end" => buckets.end = decimal(checker, name, value),
            "aligntime" => {
                check_align(checker, name, value);
                buckets.align = Some(value.value.clone());
            }
            _ => unknown(checker, name, OPTIONS),
        }
    }
    buckets
}

/// A number, a number with a unit of time, or a span that grows by a factor.
fn check_span(checker: &mut Checker<'_>, span: &Spanned<String>) {
    if LogSpan::parse(&span.value).is_none() {
        check_time_span(checker, span);
    }
}

/// A number, or a number with a unit of time.
pub(super) fn check_time_span(checker: &mut Checker<'_>, span: &Spanned<String>) {
    let written = span.value.trim_matches('"');
    if TimeSpan::parse(written).is_some() {
        return;
    }
    let found = Diagnostic::error(codes::BAD_ARGUMENT, span.span, format!("`{written}` is not a span"));
    checker.push(found.help("write a number and a unit, such as `5m` or `1h`"));
}

fn bins(checker: &mut Checker<'_>, setting: &Setting) -> Option<u64> {
    let count = number(checker, setting)?;
    if count == 0 {
        bad_value(checker, &setting.0, &setting.1, "a number above zero");
        return None;
    }
    Some(count)
}

fn decimal(checker: &mut Checker<'_>, name: &Spanned<String>, value: &Spanned<String>) -> Option<f64> {
    let number = spl::value::parse_number(&value.value);
    if number.is_none() {
        bad_value(checker, name, value, "a number");
    }
    number
}

/// `earliest`, `latest`, a relative time or epoch seconds.
fn check_align(checker: &mut Checker<'_>, name: &Spanned<String>, value: &Spanned<String>) {
    let written = value.value.as_str();
    let known = ["earliest", "latest"].iter().any(|word| word.eq_ignore_ascii_case(written));
    if !known && spl::time::resolve(written, 0, &spl::time::utc()).is_none() {
        bad_value(checker, name, value, "`earliest`, `latest` or a time");
    }
}
