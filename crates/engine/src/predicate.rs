//! Search terms as DataFusion expressions: never null, so that NOT keeps rows whose field has no value.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, BooleanArray};
use datafusion::arrow::buffer::BooleanBuffer;
use datafusion::common::{Result, not_impl_err};
use datafusion::logical_expr::{Expr, lit, not};
use plan::Predicate;
use spl::ast::Pattern;
use spl::compare::{Comparison, Equal};

use crate::closure;
use crate::column::{Input, Item, Kind};
use crate::frame::Frame;
use crate::regex::Regex;

/// What a predicate came to.
#[derive(Debug)]
pub(crate) enum Lowered {
    /// The same for every row.
    Always(bool),
    /// To be computed.
    Expr(Expr),
}

impl Lowered {
    /// As an expression.
    pub(crate) fn expr(self) -> Expr {
        match self {
            Self::Always(value) => lit(value),
            Self::Expr(expr) => expr,
        }
    }
}

/// Lower a predicate over the columns of a frame. A field that is no column has no value in any row.
pub(crate) fn lower(frame: &Frame, predicate: &Predicate) -> Result<Lowered> {
    Ok(match predicate {
        Predicate::True => Lowered::Always(true),
        Predicate::False => Lowered::Always(false),
        Predicate::And(terms) => combine(frame, terms, false)?,
        Predicate::Or(terms) => combine(frame, terms, true)?,
        Predicate::Not(term) => match lower(frame, term)? {
            Lowered::Always(value) => Lowered::Always(!value),
            Lowered::Expr(expr) => Lowered::Expr(not(expr)),
        },
        Predicate::Compare { field, op, value } => {
            let comparison = Comparison::new(*op, value);
            term(frame, field, format!("{op:?} {:?}", value.parts), move |text| comparison.matches(text))
        }
        Predicate::In { field, values } => {
            let key = values.iter().map(|value| format!("{:?}", value.parts)).collect::<Vec<_>>().join(" ");
            let values: Vec<Equal> = values.iter().map(Equal::new).collect();
            term(frame, field, format!("in {key}"), move |text| values.iter().any(|value| value.matches(text)))
        }
        Predicate::Keyword(pattern) => keyword(frame, pattern, "(?i)")?,
        Predicate::Case(pattern) => keyword(frame, pattern, "")?,
        Predicate::Term(pattern) => whole_term(frame, pattern)?,
        Predicate::Subsearch(_) => return not_impl_err!("a subsearch that has not run"),
    })
}

/// AND or OR of terms; `decides` is the truth value that decides the whole.
fn combine(frame: &Frame, terms: &[Predicate], decides: bool) -> Result<Lowered> {
    let mut combined: Option<Expr> = None;
    for term in terms {
        match lower(frame, term)? {
            Lowered::Always(value) if value == decides => return Ok(Lowered::Always(decides)),
            Lowered::Always(_) => (),
            Lowered::Expr(expr) => {
                combined = Some(match combined {
                    None => expr,
                    Some(before) if decides => before.or(expr),
                    Some(before) => before.and(expr),
                });
            }
        }
    }
    Ok(combined.map_or(Lowered::Always(!decides), Lowered::Expr))
}

fn term(frame: &Frame, field: &str, key: String, matches: impl Fn(&str) -> bool + Send + Sync + 'static) -> Lowered {
    if frame.kind(field).is_none() {
        return Lowered::Always(false);
    }
    let column = frame.column(field);
    Lowered::Expr(closure::call("search", key, Kind::Bool, column, move |input, rows| {
        Ok(matched(input, rows, &matches))
    }))
}

/// Rows of which some value matches.
fn matched(input: &Input, rows: usize, matches: &dyn Fn(&str) -> bool) -> ArrayRef {
    let buffer = match input.text_column() {
        Some(texts) => BooleanBuffer::collect_bool(rows, |row| texts.is_valid(row) && matches(texts.value(row))),
        None => BooleanBuffer::collect_bool(rows, |row| match input.item(row) {
            Item::Null => false,
            Item::Multi(values) => values.into_iter().any(matches),
            item => item.text().is_some_and(|text| matches(&text)),
        }),
    };
    Arc::new(BooleanArray::new(buffer, None))
}

/// A word or phrase of `_raw`. As Splunk's index, it is found between characters that are no letter or digit, and `*`
/// reaches up to the next blank (manual: "Use CASE() and TERM() to match phrases", major and minor breakers).
fn keyword(frame: &Frame, pattern: &Pattern, case: &str) -> Result<Lowered> {
    if pattern.parts.len() > 1 && pattern.parts.iter().all(String::is_empty) {
        return Ok(Lowered::Always(true));
    }
    let parts: Vec<String> = pattern.parts.iter().map(|part| ::regex::escape(part)).collect();
    let bound = |part: Option<&String>, side: &str| match part {
        Some(part) if !part.is_empty() => side.to_owned(),
        _ => String::new(),
    };
    let (start, end) =
        (bound(pattern.parts.first(), "(?:^|[^\\pL\\pN])"), bound(pattern.parts.last(), "(?:$|[^\\pL\\pN])"));
    in_raw(frame, format!("{case}{start}{}{end}", parts.join("\\S*")))
}

/// `TERM(x)`: text between major breakers, minor ones such as `.`, `=` and `_` inside it (manual: "Use CASE() and TERM() to
/// match phrases"; the breakers are those of `segmenters.conf`).
fn whole_term(frame: &Frame, pattern: &Pattern) -> Result<Lowered> {
    const MAJOR: &str = r#"\s\[\]<>(){}|!;,'"*&?+"#;
    const CODED: &str = "--|%(?:21|26|2526|3B|7C|20|2B|3D|2520|5D|5B|3A|0A|2C|28|29)";
    let parts: Vec<String> = pattern.parts.iter().map(|part| ::regex::escape(part)).collect();
    let inner = parts.join(&format!("[^{MAJOR}]*"));
    in_raw(frame, format!("(?i)(?:^|[{MAJOR}]|{CODED}){inner}(?:$|[{MAJOR}]|{CODED})"))
}

/// Events whose text matches.
fn in_raw(frame: &Frame, expression: String) -> Result<Lowered> {
    let regex = Regex::new(&expression)?;
    Ok(term(frame, "_raw", expression, move |text| regex.is_match(text).unwrap_or(false)))
}
