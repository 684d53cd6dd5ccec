//! `strptime`, and the dates that time modifiers may be.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

use super::names::{MONTHS, WEEKDAYS, ZONES, split_while};
use super::zoned;

/// Text as a time in epoch microseconds, read by a format (manual: "strptime()"); `None` when it does not fit.
///
/// A year or a month without a day is no time, says the manual. Text behind the end of the format is ignored. Parts that the
/// format does not name are those of `now` down to the largest one that it does, and zero below (`%H:%M` is today): the
/// manual is silent here.
pub fn strptime(text: &str, format: &str, now: i64, zone: &TimeZone) -> Option<i64> {
    let mut parts = Parts::default();
    read(text, format, &mut parts)?;
    parts.instant(now, zone)
}

/// A date as time modifiers have it: ISO 8601 or Splunk's own `%m/%d/%Y:%H:%M:%S`.
pub(super) fn absolute(text: &str, now: i64, zone: &TimeZone) -> Option<i64> {
    const DATES: [&str; 3] = ["%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y"];
    const TIMES: [&str; 7] = ["", ":%H:%M:%S", "T%H:%M:%S", " %H:%M:%S", ":%H:%M", "T%H:%M", " %H:%M"];
    for date in DATES {
        for time in TIMES {
            let mut parts = Parts::default();
            let rest = read(text, &format!("{date}{time}"), &mut parts);
            if let Some(time) = rest.and_then(|rest| tail(rest, parts)).and_then(|parts| parts.instant(now, zone)) {
                return Some(time);
            }
        }
    }
    None
}

/// Decimals of the second and a zone, behind an absolute time, and then nothing.
fn tail(mut rest: &str, mut parts: Parts) -> Option<Parts> {
    if let Some(decimals) = rest.strip_prefix('.') {
        rest = subseconds(decimals, 9, &mut parts)?;
    }
    if !rest.is_empty() {
        rest = offset(rest.trim_start(), &mut parts)?;
    }
    rest.is_empty().then_some(parts)
}

/// What a text said about a time.
#[derive(Default)]
struct Parts {
    epoch: Option<i64>,
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    day_of_year: Option<i64>,
    hour: Option<i64>,
    minute: Option<i64>,
    second: Option<i64>,
    nanos: i64,
    afternoon: Option<bool>,
    offset: Option<i32>,
}

impl Parts {
    fn instant(&self, now: i64, zone: &TimeZone) -> Option<i64> {
        if let Some(epoch) = self.epoch {
            return epoch.checked_mul(1_000_000)?.checked_add(self.nanos / 1000);
        }
        let zone = match self.offset {
            // An offset beyond a day is no offset.
            Some(seconds) => TimeZone::fixed(Offset::from_seconds(seconds).ok()?),
            None => zone.clone(),
        };
        let today = zoned(now, &zone)?.date();
        let date = self.date(today)?;
        let hour = match (self.hour.unwrap_or(0), self.afternoon) {
            (hour, None) => hour,
            (hour, Some(_)) if !(1..=12).contains(&hour) => return None,
            (hour, Some(afternoon)) => hour % 12 + if afternoon { 12 } else { 0 },
        };
        // A second of 60 is a leap second: the last one of the minute, as POSIX has it.
        let second = self.second.unwrap_or(0).min(59);
        let time = jiff::civil::Time::new(
            i8::try_from(hour).ok()?,
            i8::try_from(self.minute.unwrap_or(0)).ok()?,
            i8::try_from(second).ok()?,
            i32::try_from(self.nanos).ok()?,
        );
        let civil = DateTime::from_parts(date, time.ok()?);
        Some(civil.to_zoned(zone).ok()?.timestamp().as_microsecond())
    }

    fn date(&self, today: Date) -> Option<Date> {
        let year = self.year.map_or(Some(today.year()), |year| i16::try_from(year).ok())?;
        if let Some(day) = self.day_of_year {
            let first = Date::new(year, 1, 1).ok()?;
            let date = first.checked_add(jiff::Span::new().days(day.checked_sub(1)?)).ok()?;
            return (date.year() == year).then_some(date);
        }
        let month = match (self.month, self.year) {
            (Some(month), _) => month,
            (None, Some(_)) => 1,
            (None, None) => today.month().into(),
        };
        let day = match (self.day, self.month.or(self.year)) {
            (Some(day), _) => day,
            // "The timestamps must include a day."
            (None, Some(_)) => return None,
            (None, None) => today.day().into(),
        };
        // A day that the month does not have is no date.
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }
}

/// Read `text` by `format`; gives the rest of the text.
fn read<'t>(mut text: &'t str, format: &str, parts: &mut Parts) -> Option<&'t str> {
    let mut rest = format;
    while let Some(next) = rest.chars().next() {
        rest = rest.get(next.len_utf8()..)?;
        if next.is_whitespace() {
            text = text.trim_start();
        } else if next == '%' {
            let (width, after) = split_while(rest, |c| c.is_ascii_digit());
            let (_, after) = split_while(after, |c| c == ':');
            let letter = after.chars().next()?;
            rest = after.get(letter.len_utf8()..)?;
            text = variable(text, letter, width, parts)?;
        } else {
            text = text.strip_prefix(next)?;
        }
    }
    Some(text)
}

fn variable<'t>(text: &'t str, letter: char, width: &str, parts: &mut Parts) -> Option<&'t str> {
    match letter {
        'a' | 'A' => named(text, &WEEKDAYS).map(|(_, rest)| rest),
        'b' | 'B' | 'h' => {
            let (month, rest) = named(text, &MONTHS)?;
            parts.month = Some(month + 1);
            Some(rest)
        }
        'p' | 'P' => half(text, parts),
        'z' => offset(text, parts),
        'Z' => abbreviation(text, parts),
        'N' | 'Q' | 'f' => {
            let usual = if letter == 'f' { 6 } else { 9 };
            subseconds(text, width.parse().unwrap_or(usual), parts)
        }
        'F' => read(text, "%Y-%m-%d", parts),
        'T' | 'X' => read(text, "%H:%M:%S", parts),
        'R' => read(text, "%H:%M", parts),
        'r' => read(text, "%I:%M:%S %p", parts),
        'D' => read(text, "%m/%d/%y", parts),
        'x' => read(text, "%m/%d/%Y", parts),
        'c' => read(text, "%a %b %e %H:%M:%S %Y", parts),
        '+' => read(text, "%a %b %e %H:%M:%S %Z %Y", parts),
        'n' | 't' => Some(text.trim_start()),
        '%' => text.strip_prefix('%'),
        _ => numeric(text, letter, parts),
    }
}

fn numeric<'t>(text: &'t str, letter: char, parts: &mut Parts) -> Option<&'t str> {
    let (digits, range) = match letter {
        'Y' | 'G' => (4, 0..=9999),
        'y' | 'g' => (2, 0..=99),
        'm' => (2, 1..=12),
        'd' | 'e' => (2, 1..=31),
        'j' => (3, 1..=366),
        'H' | 'k' => (2, 0..=23),
        'I' | 'l' => (2, 1..=12),
        'M' => (2, 0..=59),
        'S' => (2, 0..=60),
        'V' | 'U' | 'W' => (2, 0..=53),
        'u' | 'w' => (1, 0..=7),
        's' => (19, 0..=i64::MAX),
        _ => return None,
    };
    let text = text.trim_start_matches(' ');
    let count = text.bytes().take(digits).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(count)?;
    // The error says only that there are no digits, and so does `None`.
    let number: i64 = number.parse().ok().filter(|number| range.contains(number))?;
    match letter {
        'Y' => parts.year = Some(number),
        // Two digits mean 1969 to 2068 (POSIX strptime).
        'y' => parts.year = Some(number + if number < 69 { 2000 } else { 1900 }),
        'm' => parts.month = Some(number),
        'd' | 'e' => parts.day = Some(number),
        'j' => parts.day_of_year = Some(number),
        'H' | 'k' | 'I' | 'l' => parts.hour = Some(number),
        'M' => parts.minute = Some(number),
        'S' => parts.second = Some(number),
        's' => parts.epoch = Some(number),
        // Weeks and weekdays do not decide a date here, as in POSIX strptime.
        _ => {}
    }
    Some(rest)
}

/// A full name or its first three letters, in any letter case.
fn named<'t>(text: &'t str, names: &[&str]) -> Option<(i64, &'t str)> {
    let starts = |name: &str| text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    for (at, name) in names.iter().enumerate() {
        let short = name.get(..3)?;
        let length = if starts(name) {
            name.len()
        } else if starts(short) {
            short.len()
        } else {
            continue;
        };
        return Some((i64::try_from(at).ok()?, text.get(length..)?));
    }
    None
}

fn half<'t>(text: &'t str, parts: &mut Parts) -> Option<&'t str> {
    let word = text.get(..2)?;
    let afternoon = word.eq_ignore_ascii_case("pm");
    if !afternoon && !word.eq_ignore_ascii_case("am") {
        return None;
    }
    parts.afternoon = Some(afternoon);
    text.get(2..)
}

/// `+0100`, `-05:00`, `+01`, `Z`.
fn offset<'t>(text: &'t str, parts: &mut Parts) -> Option<&'t str> {
    if let Some(rest) = text.strip_prefix(['Z', 'z']) {
        parts.offset = Some(0);
        return Some(rest);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits = text.strip_prefix(['+', '-'])?;
    let (hours, rest) = two_digits(digits)?;
    let (minutes, rest) = two_digits(rest.strip_prefix(':').unwrap_or(rest)).unwrap_or((0, rest));
    parts.offset = Some(sign * (hours * 3600 + minutes * 60));
    Some(rest)
}

fn two_digits(text: &str) -> Option<(i32, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    // Two digits always are a number.
    let number = if plain { digits.parse().ok()? } else { return None };
    Some((number, rest))
}

fn abbreviation<'t>(text: &'t str, parts: &mut Parts) -> Option<&'t str> {
    let (word, rest) = split_while(text, |c| c.is_ascii_alphabetic());
    if word.is_empty() {
        return offset(text, parts);
    }
    let (_, minutes) = ZONES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name))?;
    parts.offset = Some(minutes * 60);
    Some(rest)
}

fn subseconds<'t>(text: &'t str, width: usize, parts: &mut Parts) -> Option<&'t str> {
    let count = text.bytes().take(width.min(9)).take_while(u8::is_ascii_digit).count();
    if count == 0 {
        return None;
    }
    let (digits, rest) = text.split_at_checked(count)?;
    // Nine digits always are a number.
    parts.nanos = format!("{digits:0<9}").parse().ok()?;
    Some(rest)
}
