//! `strftime`.

use std::fmt::Write as _;

use jiff::Zoned;
use jiff::tz::TimeZone;

use super::names::{MONTHS, WEEKDAYS, split_while};
use super::zoned;

/// A time as text (manual: "Date and time format variables"); `None` outside the calendar's years.
///
/// Letters that Splunk does not have stay as they are. Names are English. `%N` alone gives nine digits and
/// `%Q` three, as the manual says.
pub fn strftime(micros: i64, format: &str, zone: &TimeZone) -> Option<String> {
    let time = zoned(micros, zone)?;
    let mut out = String::with_capacity(format.len() + 16);
    push(&time, format, &mut out);
    Some(out)
}

fn push(time: &Zoned, format: &str, out: &mut String) {
    let mut rest = format;
    while let Some((text, variable)) = rest.split_once('%') {
        out.push_str(text);
        let (width, after) = split_while(variable, |c| c.is_ascii_digit());
        let (colons, after) = split_while(after, |c| c == ':');
        let (extended, after) = after.strip_prefix('E').map_or((false, after), |after| (true, after));
        let mut letters = after.chars();
        let known = letters.next().is_some_and(|letter| {
            let plain = width.is_empty() && colons.is_empty() && !extended;
            match letter {
                _ if plain && push_variable(time, letter, out) => true,
                'N' | 'Q' | 'f' if colons.is_empty() && !extended => push_subseconds(time, width, out),
                'z' if width.is_empty() && !extended => push_offset(time, colons.len(), out),
                'z' if extended => write!(out, "{}", time.offset().seconds() / 60).is_ok(),
                _ => false,
            }
        });
        if known {
            rest = letters.as_str();
        } else {
            out.push('%');
            rest = variable;
        }
    }
    out.push_str(rest);
}

/// A variable without width or colons. False for a letter that is none.
fn push_variable(time: &Zoned, letter: char, out: &mut String) -> bool {
    match letter {
        'a' | 'A' | 'b' | 'B' | 'h' | 'p' | 'P' | 'Z' | '%' | 'n' | 't' => push_name(time, letter, out),
        'c' => push(time, "%a %b %e %H:%M:%S %Y", out),
        '+' => push(time, "%a %b %e %H:%M:%S %Z %Y", out),
        'D' | 'x' => push(time, if letter == 'D' { "%m/%d/%y" } else { "%m/%d/%Y" }, out),
        'F' => push(time, "%Y-%m-%d", out),
        'R' => push(time, "%H:%M", out),
        'T' | 'X' => push(time, "%H:%M:%S", out),
        'r' => push(time, "%I:%M:%S %p", out),
        'N' => return push_subseconds(time, "9", out),
        'Q' => return push_subseconds(time, "3", out),
        'f' => return push_subseconds(time, "6", out),
        's' => return write!(out, "{}", time.timestamp().as_second()).is_ok(),
        'Y' => return write!(out, "{:04}", time.year()).is_ok(),
        'G' => return write!(out, "{:04}", time.date().iso_week_date().year()).is_ok(),
        'j' => return write!(out, "{:03}", time.day_of_year()).is_ok(),
        'e' | 'k' | 'l' => return write!(out, "{:2}", number(time, letter).unwrap_or(0)).is_ok(),
        'u' | 'w' => return write!(out, "{}", number(time, letter).unwrap_or(0)).is_ok(),
        _ => return number(time, letter).is_some_and(|number| write!(out, "{number:02}").is_ok()),
    }
    true
}

fn push_name(time: &Zoned, letter: char, out: &mut String) {
    let weekday = || name(&WEEKDAYS, time.weekday().to_sunday_zero_offset());
    let month = || name(&MONTHS, time.month() - 1);
    let afternoon = time.hour() >= 12;
    match letter {
        'a' => out.extend(weekday().chars().take(3)),
        'A' => out.push_str(weekday()),
        'b' | 'h' => out.extend(month().chars().take(3)),
        'B' => out.push_str(month()),
        'p' => out.push_str(if afternoon { "PM" } else { "AM" }),
        'P' => out.push_str(if afternoon { "pm" } else { "am" }),
        'Z' => out.push_str(time.time_zone().to_offset_info(time.timestamp()).abbreviation()),
        'n' => out.push('\n'),
        't' => out.push('\t'),
        _ => out.push('%'),
    }
}

fn name(names: &[&'static str], at: i8) -> &'static str {
    usize::try_from(at).ok().and_then(|at| names.get(at)).copied().unwrap_or("")
}

fn number(time: &Zoned, letter: char) -> Option<i32> {
    let hour12 = (time.hour() + 11) % 12 + 1;
    let weekday = time.weekday();
    let days = i32::from(time.day_of_year()) - 1;
    Some(match letter {
        'd' | 'e' => time.day().into(),
        'm' => time.month().into(),
        'y' => i32::from(time.year()).rem_euclid(100),
        'C' => i32::from(time.year()).div_euclid(100),
        'g' => i32::from(time.date().iso_week_date().year()).rem_euclid(100),
        'H' | 'k' => time.hour().into(),
        'I' | 'l' => hour12.into(),
        'M' => time.minute().into(),
        'S' => time.second().into(),
        'V' => time.date().iso_week_date().week().into(),
        'U' => (days + 7 - i32::from(weekday.to_sunday_zero_offset())) / 7,
        'W' => (days + 7 - i32::from(weekday.to_monday_zero_offset())) / 7,
        'u' => weekday.to_monday_one_offset().into(),
        'w' => weekday.to_sunday_zero_offset().into(),
        _ => return None,
    })
}

/// The part of a second in `width` digits, one to nine.
fn push_subseconds(time: &Zoned, width: &str, out: &mut String) -> bool {
    let digits = format!("{:09}", time.subsec_nanosecond());
    let kept = width.parse().ok().filter(|width| *width > 0).and_then(|width| digits.get(..width));
    kept.map(|kept| out.push_str(kept)).is_some()
}

/// `+0100`; with one colon `+01:00`, with two `+01:00:00`, with three `+01`.
fn push_offset(time: &Zoned, colons: usize, out: &mut String) -> bool {
    let seconds = time.offset().seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.abs();
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let written = match colons {
        0 => write!(out, "{sign}{hour:02}{minute:02}"),
        1 => write!(out, "{sign}{hour:02}:{minute:02}"),
        2 => write!(out, "{sign}{hour:02}:{minute:02}:{second:02}"),
        3 => write!(out, "{sign}{hour:02}"),
        _ => return false,
    };
    written.is_ok()
}
