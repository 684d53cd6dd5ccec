//! Time modifiers among search terms: `earliest=-1h`.
//!
//! Source: Search Manual, "Specify time modifiers in your search"; Search Reference, "Time modifiers". They say what is read and
//! win over the window that the search is dispatched with. `earliest` alone reaches up to now. They belong to the search
//! that they stand in: neither to the one around it nor to those inside it.

use diag::{Diagnostic, codes};
use spl::ast::{CompareOp, Field, Pattern, Term};

use crate::TimeRange;
use crate::checker::Checker;

/// What a modifier does to its value.
enum Modifier {
    /// It is a time as `earliest=` takes it.
    Time(Bound),
    /// It counts so many of a unit back from now.
    Ago(Bound, &'static str),
    /// Weir cannot do it, for this reason.
    Refused(&'static str),
}

#[derive(Clone, Copy)]
enum Bound {
    Earliest,
    Latest,
}

const BY_INDEX_TIME: &str = "goes by the time of indexing, which events do not keep";
const UNCLEAR: &str = "is not supported";

fn modifier(name: &str) -> Option<Modifier> {
    use Bound::{Earliest, Latest};
    use Modifier::{Ago, Refused, Time};
    Some(match name {
        "earliest" | "starttime" | "starttimeu" => Time(Earliest),
        "latest" | "endtime" | "endtimeu" => Time(Latest),
        "daysago" | "startdaysago" => Ago(Earliest, "d"),
        "hoursago" | "starthoursago" => Ago(Earliest, "h"),
        "minutesago" | "startminutesago" => Ago(Earliest, "m"),
        "monthsago" | "startmonthsago" => Ago(Earliest, "mon"),
        "enddaysago" => Ago(Latest, "d"),
        "endhoursago" => Ago(Latest, "h"),
        "endminutesago" => Ago(Latest, "m"),
        "endmonthsago" => Ago(Latest, "mon"),
        "_index_earliest" | "_index_latest" => Refused(BY_INDEX_TIME),
        "searchtimespandays"
        | "searchtimespanhours"
        | "searchtimespanminutes"
        | "searchtimespanmonths"
        | "timeformat" => Refused(UNCLEAR),
        _ => return None,
    })
}

/// Is this the name of a time modifier and of no field?
pub(crate) fn is_modifier(name: &str) -> bool {
    modifier(name).is_some()
}

/// Take the time modifiers out of a conjunction: they go to `range`, and what is left is given back. Those among the parts
/// of an OR or behind a NOT stay, for whoever lowers the terms to refuse.
pub(crate) fn split(checker: &mut Checker<'_>, term: &Term, range: &mut TimeRange) -> Option<Term> {
    match term {
        Term::And(terms) => {
            let mut kept: Vec<Term> = terms.iter().filter_map(|term| split(checker, term, range)).collect();
            if kept.len() > 1 { Some(Term::And(kept)) } else { kept.pop() }
        }
        Term::Compare { field, op, value } => match modifier(&field.name) {
            Some(found) => {
                set(checker, &found, (field, *op, value), range);
                None
            }
            None => Some(term.clone()),
        },
        _ => Some(term.clone()),
    }
}

/// The range of a search whose modifiers are these.
pub(crate) fn finished(mut range: TimeRange) -> TimeRange {
    // Manual: "If you specify only the earliest time modifier, latest is set to the current time now by default."
    if range.earliest.is_some() && range.latest.is_none() {
        range.latest = Some("now".to_owned());
    }
    range
}

fn set(
    checker: &mut Checker<'_>,
    modifier: &Modifier,
    (field, op, value): (&Field, CompareOp, &Pattern),
    range: &mut TimeRange,
) {
    let written = value.parts.join("*");
    let (bound, time) = match modifier {
        Modifier::Time(bound) => (*bound, written.clone()),
        Modifier::Ago(bound, unit) => (*bound, format!("-{written}{unit}")),
        Modifier::Refused(why) => {
            let message = format!("time modifier `{}` {why}", field.name);
            checker.unsupported(codes::UNSUPPORTED_OPTION, field.span, message);
            return;
        }
    };
    if op != CompareOp::Equal {
        let message = format!("time modifier `{}` takes `=`", field.name);
        checker.push(Diagnostic::error(codes::BAD_ARGUMENT, field.span.to(value.span), message));
        return;
    }
    if written.starts_with("rt") {
        let message = format!("`{}` asks for a search in real time", field.name);
        checker.unsupported(codes::UNSUPPORTED_OPTION, field.span.to(value.span), message);
        return;
    }
    if spl::time::resolve(&time, 0, &spl::time::utc()).is_none() {
        let message = format!("`{}` takes a time, not `{written}`", field.name);
        let found = Diagnostic::error(codes::BAD_ARGUMENT, value.span, message);
        checker.push(found.help("write a relative time such as `-1h@h`, epoch seconds, or a date"));
        return;
    }
    let place = match bound {
        Bound::Earliest => &mut range.earliest,
        Bound::Latest => &mut range.latest,
    };
    if place.is_some() {
        let message = format!("time modifier `{}` is given twice", field.name);
        checker.unsupported(codes::UNSUPPORTED_OPTION, field.span, message);
    }
    *place = Some(time);
}
