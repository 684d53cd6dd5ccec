//! `-70m@m`, `@w0`, `now`, epoch seconds, dates (manual: "Time modifiers", "Specify time modifiers in your search").

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Zoned};

use super::names::{Unit, split_while};
use super::{read, zoned};

/// The instant that a time modifier means, in epoch microseconds.
///
/// `None` when it is no modifier, or a real-time one (`rt-5m`). Offsets and snaps run from left to right:
/// `-1d@d+8h` is eight in the morning of yesterday. A number without a unit counts seconds, a sign
/// without a number counts one. Days and longer follow the calendar of `zone`; a day of the month that
/// does not exist becomes the last one that does.
pub fn resolve(modifier: &str, now: i64, zone: &TimeZone) -> Option<i64> {
    let text = modifier.trim();
    let relative = text.strip_prefix("now()").or_else(|| text.strip_prefix("now")).unwrap_or(text);
    if relative.len() < text.len() || relative.starts_with(['+', '-', '@']) {
        let time = steps(relative, zoned(now, zone)?)?;
        return Some(time.timestamp().as_microsecond());
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return epoch(text);
    }
    read::absolute(text, now, zone)
}

/// Epoch seconds with decimals, without going through a double.
fn epoch(text: &str) -> Option<i64> {
    let (seconds, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.contains('.') {
        return None;
    }
    // The errors say only that the number is too large, and so does `None`.
    let seconds: i64 = seconds.parse().ok()?;
    let micros: i64 = format!("{decimals:0<6}").get(..6)?.parse().ok()?;
    seconds.checked_mul(1_000_000)?.checked_add(micros)
}

fn steps(mut text: &str, mut time: Zoned) -> Option<Zoned> {
    while let Some(first) = text.chars().next() {
        text = text.get(1..)?;
        if first == '@' {
            let (unit, rest) = split_while(text, |c| c.is_ascii_alphabetic());
            let (day, rest) = split_while(rest, |c| c.is_ascii_digit());
            time = snap(&time, Unit::parse(unit)?, day)?;
            text = rest;
        } else {
            let sign = if first == '-' { -1 } else { 1 };
            let (digits, rest) = split_while(text, |c| c.is_ascii_digit());
            let (unit, rest) = split_while(rest, |c| c.is_ascii_alphabetic());
            if !matches!(first, '+' | '-') || (digits.is_empty() && unit.is_empty()) {
                return None;
            }
            // The error says only that the number is too large, and so does `None`.
            let count: i64 = if digits.is_empty() { 1 } else { digits.parse().ok()? };
            let unit = if unit.is_empty() { Unit::Second } else { Unit::parse(unit)? };
            time = shift(&time, sign * count, unit)?;
            text = rest;
        }
    }
    Some(time)
}

fn shift(time: &Zoned, count: i64, unit: Unit) -> Option<Zoned> {
    let exact = |seconds: i64| Some(time.checked_add(SignedDuration::from_secs(count.checked_mul(seconds)?)));
    let span = Span::new();
    let shifted = match unit {
        Unit::Second => exact(1)?,
        Unit::Minute => exact(60)?,
        Unit::Hour => exact(3600)?,
        Unit::Day => span.try_days(count).and_then(|span| time.checked_add(span)),
        Unit::Week => span.try_weeks(count).and_then(|span| time.checked_add(span)),
        Unit::Month => span.try_months(count).and_then(|span| time.checked_add(span)),
        Unit::Quarter => span.try_months(count.checked_mul(3)?).and_then(|span| time.checked_add(span)),
        Unit::Year => span.try_years(count).and_then(|span| time.checked_add(span)),
    };
    // Out of the calendar's range is no time.
    shifted.ok()
}

/// Down to the start of a unit. `day` is the digit of `@w1`: the latest Monday; 0 and 7 are Sunday, as is none.
fn snap(time: &Zoned, unit: Unit, day: &str) -> Option<Zoned> {
    if !day.is_empty() && unit != Unit::Week {
        return None;
    }
    let date = time.date();
    let start = match unit {
        Unit::Second => return back(time, 0),
        Unit::Minute => return back(time, i64::from(time.second())),
        Unit::Hour => return back(time, i64::from(time.minute()) * 60 + i64::from(time.second())),
        Unit::Day => date,
        Unit::Week => week_start(date, day)?,
        Unit::Month => date.first_of_month(),
        Unit::Quarter => Date::new(date.year(), (date.month() - 1) / 3 * 3 + 1, 1).ok()?,
        Unit::Year => date.first_of_year(),
    };
    // Out of the calendar's range is no time.
    start.to_zoned(time.time_zone().clone()).ok()
}

fn week_start(date: Date, day: &str) -> Option<Date> {
    let first: i8 = match day {
        "" | "0" | "7" => 0,
        // The error says only that it is no digit, and so does `None`.
        _ => day.parse().ok().filter(|day| *day < 7)?,
    };
    let since = (date.weekday().to_sunday_zero_offset() - first).rem_euclid(7);
    // Out of the calendar's range is no time.
    date.checked_sub(Span::new().days(i64::from(since))).ok()
}

/// Back by whole seconds and the part of a second: by exact time, so that it holds in hours that come twice.
fn back(time: &Zoned, seconds: i64) -> Option<Zoned> {
    let back = SignedDuration::new(seconds, time.subsec_nanosecond());
    // Out of the calendar's range is no time.
    time.checked_sub(back).ok()
}
