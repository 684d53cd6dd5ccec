//! Evaluation on one event.

use std::borrow::Cow;
use std::cmp::Ordering;

use event::{EventBatch, FieldId};
use spl::ast::BinaryOp;

use super::functions::{multi, values};
use super::{Capture, Case, Op, Otherwise, Separator};
use crate::pack::ValueTable;
use crate::run::{Candidates, Slots};

/// A value while it is computed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Val<'a> {
    /// No value.
    Null,
    /// Text, borrowed from the event where possible.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// True or false.
    Bool(bool),
    /// Several values.
    Multi(Vec<Cow<'a, str>>),
}

impl<'a> Val<'a> {
    /// Borrowed text.
    pub(super) fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// As text; several values are joined by line feeds, as Splunk shows them.
    pub(crate) fn into_text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Null => None,
            Self::Text(text) => Some(text),
            Self::Number(number) => Some(Cow::Owned(number_text(number))),
            Self::Bool(value) => Some(Cow::Borrowed(if value { "true" } else { "false" })),
            Self::Multi(values) => Some(Cow::Owned(values.join("\n"))),
        }
    }

    /// As a number, when it is one or its text reads as one.
    pub(super) fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => parse_number(text),
            _ => None,
        }
    }
}

/// Text that reads as a number to SPL: digits, sign, decimal point, exponent; no words such as `inf`.
pub(crate) fn parse_number(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'));
    if plain { text.parse().ok() } else { None }
}

/// A number as SPL writes it: whole numbers without a decimal point.
pub(crate) fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { number.to_string() }
}

/// An event as expressions see it.
#[derive(Clone, Copy)]
pub(crate) struct Event<'a> {
    pub(crate) batch: &'a EventBatch,
    pub(crate) slots: &'a Slots,
    /// What each name means in this batch, by [`crate::pack::NameId`].
    pub(crate) names: &'a [Candidates],
}

impl<'a> Event<'a> {
    /// The first value of a field.
    pub(crate) fn first(&self, field: FieldId) -> Option<&'a str> {
        let (_, at) = self.batch.fields.get(self.slots.first(field)?)?;
        Some(self.batch.text_of(*at))
    }

    /// All values of a field.
    pub(crate) fn value(&self, field: FieldId) -> Val<'a> {
        if self.slots.count(field) <= 1 {
            return self.first(field).map_or(Val::Null, Val::text);
        }
        let start = self.slots.first(field).unwrap_or(0);
        let fields = self.batch.fields.get(start..).unwrap_or(&[]).iter();
        let values = fields.filter(|(name, _)| *name == field).take(self.slots.count(field));
        Val::Multi(values.map(|(_, at)| Cow::Borrowed(self.batch.text_of(*at))).collect())
    }

    /// The value of a name under the pack's spelling: the first spelling that the event has.
    pub(crate) fn named(&self, candidates: &Candidates) -> Val<'a> {
        let ids = candidates.ids();
        ids.iter().find(|id| self.slots.count(**id) > 0).map_or(Val::Null, |id| self.value(*id))
    }

    /// All values of a name.
    pub(crate) fn named_values(&self, candidates: &Candidates) -> impl Iterator<Item = &'a str> + use<'a> {
        let (batch, found) = (self.batch, candidates.ids().iter().find(|id| self.slots.count(**id) > 0).copied());
        let start = found.and_then(|field| self.slots.first(field)).unwrap_or(0);
        let count = found.map_or(0, |field| self.slots.count(field));
        let fields = batch.fields.get(start..).unwrap_or(&[]).iter();
        fields.filter(move |(name, _)| Some(*name) == found).take(count).map(|(_, at)| batch.text_of(*at))
    }

    /// The first value of a name.
    pub(crate) fn named_first(&self, candidates: &Candidates) -> Option<&'a str> {
        candidates.ids().iter().find_map(|id| self.first(*id))
    }
}

/// Does a condition hold?
pub(crate) fn is_true(op: &Op, event: &Event<'_>) -> bool {
    matches!(eval(op, event), Val::Bool(true))
}

/// The value of an expression.
pub(crate) fn eval<'a>(op: &'a Op, event: &Event<'a>) -> Val<'a> {
    match op {
        Op::Null => Val::Null,
        Op::Bool(value) => Val::Bool(*value),
        Op::Number(number) => Val::Number(*number),
        Op::Text(text) => Val::text(text),
        Op::Field(name) => event.names.get(name.0).map_or(Val::Null, |candidates| event.named(candidates)),
        Op::Not(inner) => match eval(inner, event) {
            Val::Bool(value) => Val::Bool(!value),
            _ => Val::Null,
        },
        Op::And(parts) => logic(parts, event, false),
        Op::Or(parts) => logic(parts, event, true),
        Op::Compare(op, sides) => {
            let [left, right] = &**sides;
            compare(*op, &eval(left, event), &eval(right, event))
        }
        Op::Arithmetic(op, sides) => {
            let [left, right] = &**sides;
            arithmetic(*op, &eval(left, event), &eval(right, event))
        }
        Op::Concat(parts) => concat(parts, event),
        Op::In(value, list) => is_in(&eval(value, event), list, event),
        Op::Case(branches, otherwise) => {
            let branch = branches.iter().find(|(condition, _)| is_true(condition, event));
            eval(branch.map_or(otherwise, |(_, value)| value), event)
        }
        Op::Coalesce(parts) => {
            parts.iter().map(|part| eval(part, event)).find(|value| *value != Val::Null).unwrap_or(Val::Null)
        }
        Op::IsNull(inner) => Val::Bool(eval(inner, event) == Val::Null),
        Op::Match(value, regex) => {
            with_text(value, event, |text| regex.get().map_or(Val::Null, |regex| Val::Bool(regex.is_match(&text))))
        }
        Op::Replace(value, regex, by) => {
            with_text(value, event, |text| regex.get().map_or(Val::Null, |regex| Val::Text(replace(text, regex, by))))
        }
        // Nulls are left out.
        Op::Append(parts) => multi(parts.iter().flat_map(|part| values(eval(part, event))).collect()),
        Op::Lookup(value, table) => lookup(eval(value, event), table),
        Op::Find(value, regex) => regex.get().map_or(Val::Null, |regex| find(&eval(value, event), regex)),
        Op::Call(function, arguments) => call(function, arguments, event),
        Op::IsOneOf(value, case, texts) => is_one_of(eval(value, event), *case, texts),
        Op::SplitPart(value, separator, index) => {
            with_text(value, event, |text| cut(text, |text| split_part(text, separator, *index)))
        }
        Op::AfterLast(value, separator) => {
            with_text(value, event, |text| cut(text, |text| Some(after_last(text, separator))))
        }
        Op::BeforeLast(value, separator) => {
            with_text(value, event, |text| cut(text, |text| Some(before_last(text, *separator))))
        }
        Op::Capture(value, capture) => with_text(value, event, |text| captured(text, capture)),
    }
}

fn with_text<'a>(op: &'a Op, event: &Event<'a>, then: impl FnOnce(Cow<'a, str>) -> Val<'a>) -> Val<'a> {
    eval(op, event).into_text().map_or(Val::Null, then)
}

/// A part of a text, borrowed when the text is.
fn cut<'a>(text: Cow<'a, str>, part: impl for<'b> Fn(&'b str) -> Option<&'b str>) -> Val<'a> {
    match text {
        Cow::Borrowed(text) => part(text).map_or(Val::Null, Val::text),
        Cow::Owned(text) => part(&text).map_or(Val::Null, |part| Val::Text(Cow::Owned(part.to_owned()))),
    }
}

fn split_part<'b>(text: &'b str, separator: &Separator, index: i64) -> Option<&'b str> {
    if index == -1 {
        return Some(after(text, separator));
    }
    match (usize::try_from(index), separator) {
        (Ok(index), Separator::Char(one)) => text.split(*one).nth(index),
        (Ok(index), Separator::Text(some)) => text.split(&**some).nth(index),
        (Err(_), Separator::Char(one)) => text.rsplit(*one).nth(usize::try_from(-(index + 1)).ok()?),
        (Err(_), Separator::Text(some)) => text.rsplit(&**some).nth(usize::try_from(-(index + 1)).ok()?),
    }
}

/// What follows the last separator, or all.
fn after<'b>(text: &'b str, separator: &Separator) -> &'b str {
    let split = match separator {
        Separator::Char(one) => text.rsplit_once(*one),
        Separator::Text(some) => text.rsplit_once(&**some),
    };
    split.map_or(text, |(_, after)| after)
}

/// What stands before the last separator, or all.
fn before_last(text: &str, separator: char) -> &str {
    text.rsplit_once(separator).map_or(text, |(before, _)| before)
}

/// `.` does not cross a line feed, so only the first line is looked at; what follows it stays.
fn after_last<'b>(text: &'b str, separator: &Separator) -> &'b str {
    match text.split_once('\n') {
        None => after(text, separator),
        Some((line, _)) => text.get(line.len() - after(line, separator).len()..).unwrap_or(text),
    }
}

/// A multivalue is one of them when one of its values is.
fn is_one_of<'a>(value: Val<'a>, case: Case, texts: &[Box<str>]) -> Val<'a> {
    let known = |value: &str| {
        texts.iter().any(|text| match case {
            Case::Exact => **text == *value,
            Case::Ignored => text.eq_ignore_ascii_case(value),
        })
    };
    match value {
        Val::Multi(values) => Val::Bool(values.iter().any(|value| known(value))),
        other => other.into_text().map_or(Val::Null, |text| Val::Bool(known(&text))),
    }
}

fn replace<'a>(text: Cow<'a, str>, regex: &regex::Regex, by: &str) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => regex.replace_all(text, by),
        Cow::Owned(text) => Cow::Owned(regex.replace_all(&text, by).into_owned()),
    }
}

/// The first group of what is found.
fn captured<'a>(text: Cow<'a, str>, capture: &'a Capture) -> Val<'a> {
    if capture.otherwise == Otherwise::Kept && text.contains('\n') {
        return capture.whole.get().map_or(Val::Null, |regex| Val::Text(replace(text, regex, "${1}")));
    }
    let Some(regex) = capture.part.get() else { return Val::Null };
    let found = regex.captures(&text).map(|groups| groups.get(1).map_or(0..0, |group| group.range()));
    let kept = match (found, capture.otherwise) {
        (Some(found), _) => found,
        (None, Otherwise::Kept) => return Val::Text(text),
        (None, Otherwise::Empty) => 0..0,
    };
    cut(text, |text| text.get(kept.clone()))
}

/// Each value on its own; what the table has not is null, unless `*` stands in it.
fn lookup<'a>(value: Val<'a>, table: &'a ValueTable) -> Val<'a> {
    let row = |text: &str| table.get(text).or_else(|| table.get("*")).map(|found| &**found);
    match value {
        Val::Multi(values) => multi(values.iter().filter_map(|value| row(value)).map(Cow::Borrowed).collect()),
        other => other.into_text().and_then(|text| row(&text)).map_or(Val::Null, Val::text),
    }
}

/// Where the first value that matches stands, counted from 0.
fn find<'a>(value: &Val<'a>, regex: &regex::Regex) -> Val<'a> {
    let found = match value {
        Val::Multi(values) => values.iter().position(|value| regex.is_match(value)),
        other => other.clone().into_text().filter(|text| regex.is_match(text)).map(|_| 0),
    };
    found.map_or(Val::Null, |at| Val::Number(at as f64))
}

/// AND stops at false, OR at true; else null when any part is not a truth value.
fn logic<'a>(parts: &'a [Op], event: &Event<'a>, stop: bool) -> Val<'a> {
    let mut known = true;
    for part in parts {
        match eval(part, event) {
            Val::Bool(value) if value == stop => return Val::Bool(stop),
            Val::Bool(_) => {}
            _ => known = false,
        }
    }
    if known { Val::Bool(!stop) } else { Val::Null }
}

/// Numbers compare as numbers when one side is a number and the other reads as one, or both sides read as
/// numbers in an ordering; text compares byte by byte. A multivalue equals a value when one of its values does.
fn compare<'a>(op: BinaryOp, left: &Val<'a>, right: &Val<'a>) -> Val<'a> {
    let ordering = match (left, right) {
        (Val::Null, _) | (_, Val::Null) => return Val::Null,
        (Val::Bool(left), Val::Bool(right)) => left.cmp(right),
        (Val::Multi(values), other) | (other, Val::Multi(values)) => {
            let other = other.clone().into_text().unwrap_or_default();
            let equal = values.contains(&other);
            if equal { Ordering::Equal } else { Ordering::Less }
        }
        (Val::Text(left), Val::Text(right)) if matches!(op, BinaryOp::Equal | BinaryOp::NotEqual) => left.cmp(right),
        _ => match (left.as_number(), right.as_number()) {
            (Some(left), Some(right)) => left.total_cmp(&right),
            _ => left.clone().into_text().cmp(&right.clone().into_text()),
        },
    };
    Val::Bool(match op {
        BinaryOp::Equal => ordering.is_eq(),
        BinaryOp::NotEqual => ordering.is_ne(),
        BinaryOp::Less => ordering.is_lt(),
        BinaryOp::LessOrEqual => ordering.is_le(),
        BinaryOp::Greater => ordering.is_gt(),
        _ => ordering.is_ge(),
    })
}

fn arithmetic<'a>(op: BinaryOp, left: &Val<'a>, right: &Val<'a>) -> Val<'a> {
    let (Some(left), Some(right)) = (left.as_number(), right.as_number()) else {
        return Val::Null;
    };
    let result = match op {
        BinaryOp::Add => left + right,
        BinaryOp::Subtract => left - right,
        BinaryOp::Multiply => left * right,
        BinaryOp::Divide => left / right,
        _ => left % right,
    };
    if result.is_finite() { Val::Number(result) } else { Val::Null }
}

fn concat<'a>(parts: &'a [Op], event: &Event<'a>) -> Val<'a> {
    let mut joined = String::new();
    for part in parts {
        match eval(part, event).into_text() {
            Some(text) => joined.push_str(&text),
            None => return Val::Null,
        }
    }
    Val::Text(Cow::Owned(joined))
}

fn is_in<'a>(value: &Val<'a>, list: &'a [Op], event: &Event<'a>) -> Val<'a> {
    if *value == Val::Null {
        return Val::Null;
    }
    Val::Bool(list.iter().any(|one| compare(BinaryOp::Equal, value, &eval(one, event)) == Val::Bool(true)))
}

fn call<'a>(function: &super::Function, arguments: &'a [Op], event: &Event<'a>) -> Val<'a> {
    let mut values = [Val::Null, Val::Null, Val::Null];
    for (value, argument) in values.iter_mut().zip(arguments) {
        *value = eval(argument, event);
    }
    (function.call)(values)
}
