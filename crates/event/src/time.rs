//! Times as the formats write them, to microseconds since the epoch.

const MICROS: i64 = 1_000_000;

/// Days from 1970-01-01 of a proleptic Gregorian date.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month, day, hour, minute, second.
type Civil = (i64, i64, i64, i64, i64, i64);

fn micros(civil: Civil, fraction: i64) -> Option<i64> {
    let (year, month, day, hour, minute, second) = civil;
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 61;
    fits.then(|| (days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second) * MICROS + fraction)
}

/// A cursor over the ASCII bytes of a time.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    /// Between `least` and `most` digits.
    fn number(&mut self, least: usize, most: usize) -> Option<i64> {
        let length = self.0.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        (length >= least).then(|| digits.iter().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
    }

    fn skip(&mut self, allowed: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        allowed.contains(first).then_some(*first)
    }

    /// `.123456789` in microseconds, cut; nothing is zero.
    fn fraction(&mut self) -> Option<i64> {
        if !matches!(self.0, [b'.' | b',', ..]) {
            return Some(0);
        }
        self.skip(b".,")?;
        let length = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        let cut = digits.iter().chain(std::iter::repeat(&b'0')).take(6);
        Some(cut.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
    }

    /// `Z`, `+02:00`, `-0700`, or nothing (UTC), in microseconds east.
    fn zone(&mut self) -> Option<i64> {
        match self.0 {
            [] => Some(0),
            [b'Z' | b'z'] => Some(0),
            _ => {
                let sign = if self.skip(b"+-")? == b'-' { -1 } else { 1 };
                let hours = self.number(2, 2)?;
                if self.0.first() == Some(&b':') {
                    self.skip(b":")?;
                }
                let minutes = self.number(2, 2)?;
                self.0.is_empty().then_some(sign * (hours * 3600 + minutes * 60) * MICROS)
            }
        }
    }
}

/// `2021-01-14T23:41:40.145335200Z`, as Windows writes `SystemTime`; without a zone it is UTC.
pub(crate) fn iso(text: &str) -> Option<i64> {
    let mut reader = Reader(text.as_bytes());
    let year = reader.number(4, 4)?;
    reader.skip(b"-")?;
    let month = reader.number(2, 2)?;
    reader.skip(b"-")?;
    let day = reader.number(2, 2)?;
    reader.skip(b"T ")?;
    let hour = reader.number(2, 2)?;
    reader.skip(b":")?;
    let minute = reader.number(2, 2)?;
    reader.skip(b":")?;
    let second = reader.number(2, 2)?;
    let fraction = reader.fraction()?;
    let east = reader.zone()?;
    Some(micros((year, month, day, hour, minute, second), fraction)? - east)
}

/// Seconds since 1970, decimals allowed.
pub(crate) fn epoch(text: &str) -> Option<i64> {
    let mut reader = Reader(text.as_bytes());
    let seconds = reader.number(1, 12)?;
    let fraction = reader.fraction()?;
    reader.0.is_empty().then_some(seconds * MICROS + fraction)
}

/// `01/14/2021 11:41:39 PM`, the first line of a classic Windows event. It has no zone: read as UTC.
pub(crate) fn classic(text: &str) -> Option<i64> {
    let mut reader = Reader(text.as_bytes());
    let month = reader.number(1, 2)?;
    reader.skip(b"/")?;
    let day = reader.number(1, 2)?;
    reader.skip(b"/")?;
    let year = reader.number(4, 4)?;
    reader.skip(b" ")?;
    let hour = reader.number(1, 2)?;
    reader.skip(b":")?;
    let minute = reader.number(2, 2)?;
    reader.skip(b":")?;
    let second = reader.number(2, 2)?;
    let fraction = reader.fraction()?;
    let hour = match reader.0 {
        [] => hour,
        [b' ', b'A' | b'a', b'M' | b'm'] if (1..=12).contains(&hour) => hour % 12,
        [b' ', b'P' | b'p', b'M' | b'm'] if (1..=12).contains(&hour) => hour % 12 + 12,
        _ => return None,
    };
    micros((year, month, day, hour, minute, second), fraction)
}

#[cfg(test)]
mod tests {
    use super::{classic, iso};

    #[test]
    fn iso_times_with_any_fraction_and_zone() {
        let check = |text: &str, expected: Option<i64>| assert_eq!(iso(text), expected, "{text}");
        check("1970-01-01T00:00:00Z", Some(0));
        check("2021-01-14T23:41:40.145335200Z", Some(1_610_667_700_145_335));
        check("2021-01-14 23:41:40", Some(1_610_667_700_000_000));
        check("2021-01-15T01:41:40+02:00", Some(1_610_667_700_000_000));
        check("1601-01-01T00:00:00.0000000Z", Some(-11_644_473_600_000_000));
        check("2000-02-29T00:00:00Z", Some(951_782_400_000_000));
        check("2021-13-14T23:41:40Z", None);
        check("2021-01-14T23:41", None);
        check("", None);
    }

    #[test]
    fn classic_times_have_twelve_hours() {
        let check = |text: &str, expected: Option<i64>| assert_eq!(classic(text), expected, "{text}");
        check("01/14/2021 11:41:40 PM", Some(1_610_667_700_000_000));
        check("1/14/2021 11:41:40.5 PM", Some(1_610_667_700_500_000));
        check("01/01/1970 12:00:00 AM", Some(0));
        check("01/01/1970 12:00:01 PM", Some(43_201_000_000));
        check("01/01/1970 13:00:00 PM", None);
        check("01/01/1970", None);
    }
}
