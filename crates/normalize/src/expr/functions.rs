//! Functions without a form of their own in [`super::Op`].

use std::borrow::Cow;

use super::auditd;
use super::eval::{Val, number_text};

/// A function: its arguments are evaluated first; those that were not given are null.
#[derive(Debug)]
pub(crate) struct Function {
    /// Its name in lower case.
    pub(super) name: &'static str,
    /// Fewest and most arguments, at most three.
    pub(super) arity: (usize, usize),
    /// True when it gives true or false, which no field can hold.
    pub(super) is_condition: bool,
    /// What it does.
    pub(super) call: for<'a> fn([Val<'a>; 3]) -> Val<'a>,
}

/// All of them.
pub(super) static FUNCTIONS: &[Function] = &[
    function("auditd_arguments", 1, 1, auditd::arguments),
    function("auditd_text", 1, 1, auditd::text),
    function("floor", 1, 1, floor),
    function("isnum", 1, 1, isnum).condition(),
    function("json_extract", 2, 2, json_extract),
    function("len", 1, 1, len),
    function("like", 2, 2, like).condition(),
    function("lower", 1, 1, lower),
    function("ltrim", 1, 2, ltrim),
    function("mvcount", 1, 1, mvcount),
    function("mvdedup", 1, 1, mvdedup),
    function("mvindex", 2, 3, mvindex),
    function("mvjoin", 2, 2, mvjoin),
    function("mvsort", 1, 1, mvsort),
    function("mvzip", 2, 3, mvzip),
    function("nullif", 2, 2, nullif),
    function("round", 1, 2, round),
    function("rtrim", 1, 2, rtrim),
    function("split", 2, 2, split),
    function("substr", 2, 3, substr),
    function("tonumber", 1, 2, tonumber),
    function("tostring", 1, 1, tostring),
    function("trim", 1, 2, trim),
    function("upper", 1, 1, upper),
    function("urldecode", 1, 1, urldecode),
];

type Call = for<'a> fn([Val<'a>; 3]) -> Val<'a>;

const fn function(name: &'static str, least: usize, most: usize, call: Call) -> Function {
    Function { name, arity: (least, most), is_condition: false, call }
}

impl Function {
    const fn condition(self) -> Self {
        Self { is_condition: true, ..self }
    }
}

fn isnum([value, ..]: [Val<'_>; 3]) -> Val<'_> {
    Val::Bool(value.as_number().is_some())
}

fn len([value, ..]: [Val<'_>; 3]) -> Val<'_> {
    // A text of more than 2^52 characters cannot be held.
    value.into_text().map_or(Val::Null, |text| Val::Number(text.chars().count() as f64))
}

/// SQL's LIKE: `%` is any text, `_` one character; case counts.
fn like<'a>([value, pattern, _]: [Val<'a>; 3]) -> Val<'a> {
    match (value.into_text(), pattern.into_text()) {
        (Some(text), Some(pattern)) => {
            let text: Vec<char> = text.chars().collect();
            let pattern: Vec<char> = pattern.chars().collect();
            Val::Bool(is_like(&text, &pattern))
        }
        _ => Val::Null,
    }
}

/// Greedy with one point to go back to: linear in text times pattern.
fn is_like(text: &[char], pattern: &[char]) -> bool {
    let (mut at, mut wanted) = (0, 0);
    let mut back = None;
    while let Some(found) = text.get(at) {
        match pattern.get(wanted) {
            Some('%') => {
                back = Some((at, wanted));
                wanted += 1;
            }
            Some(one) if *one == '_' || one == found => {
                at += 1;
                wanted += 1;
            }
            _ => match back {
                Some((start, percent)) => {
                    at = start + 1;
                    wanted = percent + 1;
                    back = Some((at, percent));
                }
                None => return false,
            },
        }
    }
    pattern.get(wanted..).is_none_or(|rest| rest.iter().all(|one| *one == '%'))
}

fn lower([value, ..]: [Val<'_>; 3]) -> Val<'_> {
    map_text(value, |text| {
        let lower = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        if lower { None } else { Some(text.to_lowercase()) }
    })
}

fn upper([value, ..]: [Val<'_>; 3]) -> Val<'_> {
    map_text(value, |text| Some(text.to_uppercase()))
}

/// A new text, or the old one for `None`. Each value of a multivalue on its own.
pub(super) fn map_text(value: Val<'_>, change: impl Fn(&str) -> Option<String>) -> Val<'_> {
    match value {
        Val::Multi(values) => {
            Val::Multi(values.into_iter().map(|value| change(&value).map_or(value, Cow::Owned)).collect())
        }
        other => other.into_text().map_or(Val::Null, |text| Val::Text(change(&text).map_or(text, Cow::Owned))),
    }
}

fn trim([value, set, _]: [Val<'_>; 3]) -> Val<'_> {
    trim_ends(value, set, true, true)
}

fn ltrim([value, set, _]: [Val<'_>; 3]) -> Val<'_> {
    trim_ends(value, set, true, false)
}

fn rtrim([value, set, _]: [Val<'_>; 3]) -> Val<'_> {
    trim_ends(value, set, false, true)
}

/// Without a set of characters, blanks and tabs go.
fn trim_ends<'a>(value: Val<'a>, set: Val<'a>, left: bool, right: bool) -> Val<'a> {
    let set = set.into_text().unwrap_or(Cow::Borrowed(" \t"));
    let cut = |text: &str| -> std::ops::Range<usize> {
        let start = if left { text.len() - text.trim_start_matches(|c| set.contains(c)).len() } else { 0 };
        let end = if right { text.trim_end_matches(|c| set.contains(c)).len() } else { text.len() };
        start..end.max(start)
    };
    value.into_text().map_or(Val::Null, |text| {
        let range = cut(&text);
        Val::Text(part(text, range))
    })
}

fn part(text: Cow<'_, str>, range: std::ops::Range<usize>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(range).unwrap_or("")),
        Cow::Owned(text) => Cow::Owned(text.get(range).unwrap_or("").to_owned()),
    }
}

fn split<'a>([value, separator, _]: [Val<'a>; 3]) -> Val<'a> {
    let Some(separator) = separator.into_text() else {
        return Val::Null;
    };
    match value.into_text() {
        Some(Cow::Borrowed(text)) => multi(text.split(&*separator).map(Cow::Borrowed).collect()),
        Some(Cow::Owned(text)) => multi(text.split(&*separator).map(|part| Cow::Owned(part.to_owned())).collect()),
        None => Val::Null,
    }
}

/// No value is null, one value is a plain value.
pub(super) fn multi(mut values: Vec<Cow<'_, str>>) -> Val<'_> {
    match values.len() {
        0 => Val::Null,
        1 => values.pop().map_or(Val::Null, Val::Text),
        _ => Val::Multi(values),
    }
}

pub(super) fn values(value: Val<'_>) -> Vec<Cow<'_, str>> {
    match value {
        Val::Multi(values) => values,
        other => other.into_text().into_iter().collect(),
    }
}

fn mvcount([value, ..]: [Val<'_>; 3]) -> Val<'_> {
    match values(value).len() {
        0 => Val::Null,
        count => Val::Number(count as f64),
    }
}

/// Both ends are counted from 0, negative ones from the end; an index outside is null.
fn mvindex<'a>([value, start, end]: [Val<'a>; 3]) -> Val<'a> {
    let list = values(value);
    let Some(first) = position(&start, list.len()) else {
        return Val::Null;
    };
    let last = if end == Val::Null { Some(first) } else { position(&end, list.len()) };
    match last {
        Some(last) if first <= last => multi(list.into_iter().skip(first).take(last - first + 1).collect()),
        _ => Val::Null,
    }
}

fn position(index: &Val<'_>, length: usize) -> Option<usize> {
    let index = index.as_number()? as i64;
    let length = i64::try_from(length).ok()?;
    let index = if index < 0 { index + length } else { index };
    if index < length { usize::try_from(index).ok() } else { None }
}

fn mvjoin<'a>([value, separator, _]: [Val<'a>; 3]) -> Val<'a> {
    match (values(value), separator.into_text()) {
        (list, Some(separator)) if !list.is_empty() => Val::Text(Cow::Owned(list.join(&separator))),
        _ => Val::Null,
    }
}

fn floor([value, ..]: [Val<'_>; 3]) -> Val<'_> {
    value.as_number().map_or(Val::Null, |number| Val::Number(number.floor()))
}

fn round<'a>([value, digits, _]: [Val<'a>; 3]) -> Val<'a> {
    let scale = 10_f64.powi(digits.as_number().map_or(0, |digits| digits.clamp(0.0, 15.0) as i32));
    value.as_number().map_or(Val::Null, |number| Val::Number((number * scale).round() / scale))
}

fn mvdedup([value, ..]: [Val<'_>; 3]) -> Val<'_> {
    let mut kept: Vec<Cow<'_, str>> = Vec::new();
    for value in values(value) {
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    multi(kept)
}

fn mvsort([value, ..]: [Val<'_>; 3]) -> Val<'_> {
    let mut list = values(value);
    list.sort_unstable();
    multi(list)
}

fn mvzip<'a>([left, right, between]: [Val<'a>; 3]) -> Val<'a> {
    let between = between.into_text().unwrap_or(Cow::Borrowed(","));
    let pairs = values(left).into_iter().zip(values(right));
    multi(pairs.map(|(left, right)| Cow::Owned(format!("{left}{between}{right}"))).collect())
}

/// The values under a path of a JSON text, which is written as a field's name: `a.b{}.c`.
fn json_extract<'a>([value, path, _]: [Val<'a>; 3]) -> Val<'a> {
    let (Some(text), Some(path)) = (value.into_text(), path.into_text()) else { return Val::Null };
    let mut found = Vec::new();
    event::json_fields(&text, &mut |name, value| {
        if *name == *path {
            found.push(Cow::Owned(value.to_owned()));
        }
    });
    multi(found)
}

/// `%41` is `A`; what is no such escape stays, and bytes that are no text become U+FFFD.
fn urldecode([value, ..]: [Val<'_>; 3]) -> Val<'_> {
    map_text(value, |text| {
        text.contains('%').then(|| {
            let mut bytes = Vec::with_capacity(text.len());
            let mut rest = text.as_bytes();
            while let [first, after @ ..] = rest {
                let hex = |at: usize| after.get(at).and_then(|byte| char::from(*byte).to_digit(16));
                match (first, hex(0), hex(1)) {
                    (b'%', Some(high), Some(low)) => {
                        bytes.push((high * 16 + low) as u8);
                        rest = after.get(2..).unwrap_or(&[]);
                    }
                    _ => {
                        bytes.push(*first);
                        rest = after;
                    }
                }
            }
            String::from_utf8_lossy(&bytes).into_owned()
        })
    })
}

fn nullif<'a>([value, other, _]: [Val<'a>; 3]) -> Val<'a> {
    let same = value.clone().into_text() == other.into_text();
    if same { Val::Null } else { value }
}

/// Characters are counted from 1, negative ones from the end.
fn substr<'a>([value, start, length]: [Val<'a>; 3]) -> Val<'a> {
    let (Some(text), Some(start)) = (value.into_text(), start.as_number()) else {
        return Val::Null;
    };
    let total = text.chars().count();
    let start = start as i64;
    let skip =
        if start < 0 { total.saturating_sub(start.unsigned_abs() as usize) } else { (start.max(1) - 1) as usize };
    let take = length.as_number().map_or(total, |length| length.max(0.0) as usize);
    Val::Text(Cow::Owned(text.chars().skip(skip).take(take).collect()))
}

/// With base 16 a leading `0x` is allowed. What does not read as a number is null.
fn tonumber<'a>([value, base, _]: [Val<'a>; 3]) -> Val<'a> {
    let base = base.as_number().map_or(10, |base| base as u32);
    if base == 10 {
        return value.as_number().map_or(Val::Null, Val::Number);
    }
    let Some(text) = value.into_text() else {
        return Val::Null;
    };
    let digits = if base == 16 { text.trim_start_matches("0x") } else { &text };
    let parsed = if (2..=36).contains(&base) { i64::from_str_radix(digits, base).ok() } else { None };
    parsed.map_or(Val::Null, |number| Val::Number(number as f64))
}

fn tostring([value, ..]: [Val<'_>; 3]) -> Val<'_> {
    match value {
        Val::Number(number) => Val::Text(Cow::Owned(number_text(number))),
        other => other.into_text().map_or(Val::Null, Val::Text),
    }
}
