//! Times as logs write them, to microseconds since 1970.

const SECOND: i64 = 1_000_000;

/// `2020-08-01T05:46:30.0630000Z`, `2020-08-01 05:46:30`, with an offset `+02:00` or none (UTC).
pub(super) fn iso(text: &str) -> Option<i64> {
    let mut digits = Digits(text.trim());
    let days = days(digits.number(4)?, digits.after(b'-')?.number(2)?, digits.after(b'-')?.number(2)?)?;
    if digits.after(b'T').is_none() {
        digits.after(b' ')?;
    }
    let seconds = digits.clock()?;
    let micros = digits.fraction()?;
    let offset = digits.offset()?;
    Some((days * 86_400 + seconds - offset) * SECOND + micros)
}

/// Seconds since 1970, with decimals.
pub(super) fn epoch(text: &str) -> Option<i64> {
    let mut digits = Digits(text.trim());
    let length = digits.0.bytes().take_while(u8::is_ascii_digit).count();
    let seconds = if (1..=12).contains(&length) {
        digits.number(length)?
    } else {
        return None;
    };
    let micros = digits.fraction()?;
    digits.0.is_empty().then_some(seconds * SECOND + micros)
}

/// Milliseconds since 1970.
pub(super) fn epoch_millis(text: &str) -> Option<i64> {
    text.trim()
        .parse::<i64>()
        .ok()
        .filter(|millis| (0..1_000_000_000_000_000).contains(millis))
        .map(|millis| millis * 1000)
}

/// A whole number of units, of which `per_micro` make a microsecond.
pub(super) fn epoch_units(text: &str, per_micro: i64) -> Option<i64> {
    text.trim().parse::<i64>().ok().filter(|units| *units >= 0).map(|units| units / per_micro)
}

/// By a format of `strptime`, as UTC where it says no zone. A time without a year is the latest such time that is at most
/// a day ahead of `now`: clocks differ, and logs are of the past.
pub(super) fn by_format(text: &str, format: &str, now: Option<i64>) -> Option<i64> {
    const DAY: i64 = 86_400 * SECOND;
    let has_year = ["%Y", "%y", "%s", "%c", "%F", "%D", "%x", "%+"].iter().any(|part| format.contains(part));
    let read = |now: i64| spl::time::strptime(text.trim(), format, now, &spl::time::utc());
    if has_year {
        return read(0);
    }
    let now = now?;
    // The year before may lack the day, the 29th of February; then one of the three before that has it.
    (0..5).find_map(|years| read(now - years * 365 * DAY).filter(|time| *time <= now + DAY))
}

/// `08/01/2020 05:46:30 AM`, read as UTC.
pub(super) fn us_clock(text: &str) -> Option<i64> {
    let mut digits = Digits(text.trim());
    let (month, day) = (digits.number(2)?, digits.after(b'/')?.number(2)?);
    let days = days(digits.after(b'/')?.number(4)?, month, day)?;
    let seconds = digits.after(b' ')?.clock()?;
    let micros = digits.fraction()?;
    // 12 AM is midnight, 12 PM noon.
    let (hour, rest) = (seconds / 3600, seconds % 3600);
    let hour = match digits.0.trim() {
        "" => hour,
        "AM" if (1..=12).contains(&hour) => hour % 12,
        "PM" if (1..=12).contains(&hour) => hour % 12 + 12,
        _ => return None,
    };
    Some((days * 86_400 + hour * 3600 + rest) * SECOND + micros)
}

/// Days since 1970 of a day of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(leap),
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    // Years begin in March, so that the leap day is the last one.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let before = year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(before + (153 * month + 2) / 5 + day - 719_469)
}

/// What is left to read.
struct Digits<'a>(&'a str);

impl Digits<'_> {
    /// A number of exactly so many digits.
    fn number(&mut self, length: usize) -> Option<i64> {
        let (digits, rest) = (self.0.get(..length)?, self.0.get(length..)?);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.0 = rest;
        digits.parse().ok()
    }

    /// Step over a character that must stand here.
    fn after(&mut self, byte: u8) -> Option<&mut Self> {
        self.0 = self.0.strip_prefix(char::from(byte))?;
        Some(self)
    }

    /// `HH:MM:SS` in seconds.
    fn clock(&mut self) -> Option<i64> {
        let (hour, minute) = (self.number(2)?, self.after(b':')?.number(2)?);
        let second = self.after(b':')?.number(2)?;
        (hour < 24 && minute < 60 && second <= 60).then_some(hour * 3600 + minute * 60 + second)
    }

    /// Decimals after a point or comma, in microseconds; what is finer is cut off.
    fn fraction(&mut self) -> Option<i64> {
        let Some(rest) = self.0.strip_prefix(['.', ',']) else {
            return Some(0);
        };
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let digits = rest.get(..length).filter(|digits| !digits.is_empty())?;
        self.0 = rest.get(length..)?;
        let padded = digits.bytes().chain(std::iter::repeat(b'0')).take(6);
        Some(padded.fold(0, |micros, digit| micros * 10 + i64::from(digit - b'0')))
    }

    /// `Z`, `+02:00`, `-0530` or nothing, in seconds.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.0 {
            "" | "Z" | "z" | " UTC" => return Some(0),
            text if text.starts_with('+') => 1,
            text if text.starts_with('-') => -1,
            _ => return None,
        };
        self.0 = self.0.get(1..)?;
        let hours = self.number(2)?;
        self.0 = self.0.strip_prefix(':').unwrap_or(self.0);
        let minutes = self.number(2)?;
        (self.0.is_empty() && hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
    }
}

#[cfg(test)]
mod tests {
    use super::{epoch, epoch_millis, iso, us_clock};

    #[track_caller]
    fn check(read: fn(&str) -> Option<i64>, text: &str, expected: Option<i64>) {
        assert_eq!(read(text), expected, "{text}");
    }

    #[test]
    fn iso_8601() {
        check(iso, "1970-01-01T00:00:00Z", Some(0));
        check(iso, "2020-08-01 05:46:30.063", Some(1_596_260_790_063_000));
        check(iso, "2020-08-01T05:46:30.0630000Z", Some(1_596_260_790_063_000));
        check(iso, "2020-08-01T05:46:30.123456789+02:00", Some(1_596_253_590_123_456));
        check(iso, "2020-08-01T05:46:30-0530", Some(1_596_280_590_000_000));
        check(iso, "2000-02-29 23:59:59", Some(951_868_799_000_000));
        check(iso, "1601-01-01T00:00:00Z", Some(-11_644_473_600_000_000));
        for wrong in [
            "",
            "2020",
            "2021-02-29 00:00:00",
            "2020-13-01 00:00:00",
            "2020-08-01T24:00:00",
            "2020-08-01 05:46:30x",
            "ä",
        ] {
            check(iso, wrong, None);
        }
    }

    #[test]
    fn seconds_and_milliseconds() {
        check(epoch, "1638896032.906", Some(1_638_896_032_906_000));
        check(epoch, "1638896032", Some(1_638_896_032_000_000));
        check(epoch, "-1", None);
        check(epoch, "1e9", None);
        check(epoch_millis, "1638896034123", Some(1_638_896_034_123_000));
        check(epoch_millis, "99999999999999999999", None);
    }

    #[test]
    fn american_clock() {
        check(us_clock, "08/01/2020 05:46:30 AM", Some(1_596_260_790_000_000));
        check(us_clock, "08/01/2020 12:00:00 AM", Some(1_596_240_000_000_000));
        check(us_clock, "08/01/2020 12:00:00 PM", Some(1_596_283_200_000_000));
        check(us_clock, "08/01/2020 13:00:00 PM", None);
    }
}
