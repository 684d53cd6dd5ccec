//! The calculated fields of CIM's models.

use std::borrow::Cow;

use cim::Calculation;

use super::plan::{ColumnPlan, DatasetPlan, Source};
use super::url;
use crate::expr::{Event, Val, eval, number_text, parse_number};

/// The value that an event itself or its pack gives.
pub(super) fn value<'a>(source: &Source<'a>, plan: &DatasetPlan<'a>, event: &Event<'a>) -> Val<'a> {
    match source {
        Source::Nothing => Val::Null,
        Source::Native(field) => event.value(*field),
        Source::Computed(op) => eval(op, event),
        Source::Tags => Val::Multi(plan.tags.iter().map(|tag| Cow::Borrowed(*tag)).collect()),
    }
}

/// The value of a dataset's field.
pub(super) fn calculate<'a>(
    column: &ColumnPlan<'a>,
    plan: &DatasetPlan<'a>,
    event: &Event<'a>,
    sourcetype: &'a str,
) -> Val<'a> {
    let own = value(&column.source, plan, event);
    let other = |at: usize| match column.others.get(at) {
        Some(other) => calculate(other, plan, event, sourcetype),
        None => Val::Null,
    };
    match column.calculation {
        Calculation::None => own,
        Calculation::Default(text) => or(own, || text_of(text)),
        Calculation::DefaultOrDash(text) => match own {
            Val::Text(dash) if dash == "-" => text_of(text),
            own => or(own, || text_of(text)),
        },
        Calculation::FieldOr(_, text) => or(own, || or(other(0), || text_of(text))),
        Calculation::Sourcetype => or(own, || text_of(sourcetype)),
        Calculation::Lower => lower(own),
        Calculation::LowerDefault(text) => or(lower(own), || text_of(text)),
        Calculation::FileNameOf(_) => or(own, || file_name(other(0))),
        Calculation::NumberOrNull => number(own, || Val::Null),
        Calculation::NumberOr(text) => number(own, || text_of(text)),
        Calculation::SumOf(..) => number(own, || both(other(0), other(1), |left, right| left + right)),
        Calculation::DifferenceOf(..) => number(own, || both(other(0), other(1), |left, right| left - right)),
        Calculation::CountOf(_) => number(own, || count(&other(0))),
        Calculation::LengthOf(_) => length(other(0)),
        Calculation::DomainOf(_, scheme) => {
            let url = other(0).into_text();
            url.and_then(|url| url::host(&url, scheme).map(str::to_owned)).map_or(Val::Null, owned)
        }
        Calculation::Joined(_, between, _) => match (other(0).into_text(), other(1).into_text()) {
            (Some(left), Some(right)) => owned(format!("{left}{between}{right}")),
            _ => Val::Null,
        },
        Calculation::DnsReplyCode(_) => or(own, || reply_code(other(0))),
        Calculation::VendorProduct => match own {
            Val::Null => vendor_product(other(0), other(1), sourcetype),
            own => own,
        },
    }
}

fn text_of(text: &str) -> Val<'_> {
    Val::Text(Cow::Borrowed(text))
}

fn owned(text: String) -> Val<'static> {
    Val::Text(Cow::Owned(text))
}

/// The value unless null or empty.
fn or<'a>(value: Val<'a>, otherwise: impl FnOnce() -> Val<'a>) -> Val<'a> {
    match value {
        Val::Null => otherwise(),
        Val::Text(text) if text.is_empty() => otherwise(),
        value => value,
    }
}

fn lower(value: Val<'_>) -> Val<'_> {
    let Some(text) = value.into_text() else {
        return Val::Null;
    };
    let is_lower = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    Val::Text(if is_lower { text } else { Cow::Owned(text.to_lowercase()) })
}

/// The value when it is a number.
fn number<'a>(value: Val<'a>, otherwise: impl FnOnce() -> Val<'a>) -> Val<'a> {
    match value {
        Val::Number(_) => value,
        Val::Text(text) if parse_number(&text).is_some() => Val::Text(text),
        _ => otherwise(),
    }
}

fn both<'a>(left: Val<'a>, right: Val<'a>, compute: impl Fn(f64, f64) -> f64) -> Val<'a> {
    let read = |value: Val<'a>| value.into_text().and_then(|text| parse_number(&text));
    match (read(left), read(right)) {
        (Some(left), Some(right)) => owned(number_text(compute(left, right))),
        _ => Val::Null,
    }
}

/// A field that is null counts as the one `unknown` that the model puts there.
fn count(value: &Val<'_>) -> Val<'static> {
    match value {
        Val::Multi(values) => owned(values.len().max(1).to_string()),
        _ => text_of("1"),
    }
}

fn length(value: Val<'_>) -> Val<'_> {
    value.into_text().map_or(Val::Null, |text| owned(text.chars().count().to_string()))
}

fn file_name(command: Val<'_>) -> Val<'_> {
    let name = command.into_text().and_then(|command| url::file_name(&command));
    name.map_or(Val::Text(Cow::Borrowed("unknown")), owned)
}

fn vendor_product<'a>(vendor: Val<'a>, product: Val<'a>, sourcetype: &'a str) -> Val<'a> {
    let known = |value: Val<'a>| value.into_text().filter(|text| text != "unknown");
    match (known(vendor), known(product)) {
        (Some(vendor), Some(product)) => owned(format!("{vendor} {product}")),
        (Some(vendor), None) => owned(format!("{vendor} unknown")),
        (None, Some(product)) => owned(format!("unknown {product}")),
        (None, None) => text_of(sourcetype),
    }
}

/// The names of DNS reply codes, as CIM's lookup gives them (numbers: IANA, "DNS RCODEs").
fn reply_code(id: Val<'_>) -> Val<'_> {
    let id = id.into_text().unwrap_or_default();
    let name = match &*id {
        "0" => "No Error",
        "1" => "Format Error",
        "2" => "Server Failure",
        "3" => "Non-Existent Domain",
        "4" => "Not Implemented",
        "5" => "Query Refused",
        "6" => "Name Exists when it should not",
        "7" => "RR Set Exists when it should not",
        "8" => "RR Set that should exist does not",
        "9" => "Server Not Authoritative for zone",
        "10" => "Name not contained in zone",
        _ => return Val::Null,
    };
    text_of(name)
}
