//! Buckets beyond a plain span: counted from another origin, one after another, chosen by the range of the values.

use jiff::tz::TimeZone;

use super::TimeSpan;

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The spans that are chosen among where none is given, smallest first (manual: "timechart command usage", spans used when
/// `minspan` is specified; its default spans for the time picker's ranges follow from them). Years are our addition.
const AUTOMATIC: [(i64, TimeSpan); 12] = [
    (SECOND, TimeSpan::Micros(SECOND)),
    (5 * SECOND, TimeSpan::Micros(5 * SECOND)),
    (10 * SECOND, TimeSpan::Micros(10 * SECOND)),
    (30 * SECOND, TimeSpan::Micros(30 * SECOND)),
    (MINUTE, TimeSpan::Micros(MINUTE)),
    (5 * MINUTE, TimeSpan::Micros(5 * MINUTE)),
    (10 * MINUTE, TimeSpan::Micros(10 * MINUTE)),
    (30 * MINUTE, TimeSpan::Micros(30 * MINUTE)),
    (HOUR, TimeSpan::Micros(HOUR)),
    (DAY, TimeSpan::Days { count: 1, first: None }),
    (30 * DAY, TimeSpan::Months(1)),
    (365 * DAY, TimeSpan::Months(12)),
];

impl TimeSpan {
    /// The smallest span that cuts so many microseconds into no more than so many buckets and is no smaller than `least`.
    pub fn automatic(micros: i64, most: u64, least: Option<Self>) -> Self {
        let least = least.map_or(0, |least| least.length());
        let most = i64::try_from(most.max(1)).unwrap_or(i64::MAX);
        let fits = |length: i64| length >= least && length.saturating_mul(most) >= micros;
        let chosen = AUTOMATIC.into_iter().find(|(length, _)| fits(*length));
        chosen.map_or(Self::Months(12), |(_, span)| span)
    }

    /// Its length in microseconds; a month counts 30 days.
    fn length(&self) -> i64 {
        match *self {
            Self::Micros(width) => width,
            Self::Number(width) => super::span::whole_micros(width).unwrap_or(i64::MAX),
            Self::Days { count, .. } => count.saturating_mul(DAY),
            Self::Months(count) => count.saturating_mul(30 * DAY),
        }
    }

    /// [`Self::bucket`] counted from `origin` in place of the epoch. Days and longer spans keep to the calendar (manual: "bin
    /// command", aligntime).
    pub fn bucket_from(&self, micros: i64, origin: Option<i64>, zone: &TimeZone) -> Option<i64> {
        let (Some(origin), Self::Micros(_) | Self::Number(_)) = (origin, self) else {
            return self.bucket(micros, zone);
        };
        let width = self.length();
        origin.checked_add(micros.checked_sub(origin)?.div_euclid(width).checked_mul(width)?)
    }

    /// The start of the bucket behind the one that starts at `start`.
    pub fn next(&self, start: i64, origin: Option<i64>, zone: &TimeZone) -> Option<i64> {
        // A longer step than the longest month or day, then back to the start of the bucket reached.
        let step = match *self {
            Self::Micros(_) | Self::Number(_) => self.length(),
            Self::Days { count, .. } => count.checked_mul(DAY)?.checked_add(2 * HOUR)?,
            Self::Months(count) => count.checked_mul(31 * DAY)?,
        };
        let far = start.checked_add(step)?;
        let next = self.bucket_from(far, origin, zone)?;
        // Clocks that are put back make a bucket longer than its span.
        if next > start { Some(next) } else { Some(far) }
    }
}

/// A span of numbers that grows by a factor: `2log10` is 2, 20, 200 (manual: "bin command", log-span).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogSpan {
    coefficient: f64,
    base: f64,
}

impl LogSpan {
    /// Read `log10`, `2log`, `1.5log3`. The base is 10 by default and above 1; the coefficient is 1 by default, at least 1 and
    /// below the base.
    pub fn parse(text: &str) -> Option<Self> {
        let (coefficient, base) = text.trim().split_once("log")?;
        let number =
            |text: &str, default: f64| if text.is_empty() { Some(default) } else { crate::value::parse_number(text) };
        let (coefficient, base) = (number(coefficient, 1.0)?, number(base, 10.0)?);
        (base > 1.0 && coefficient >= 1.0 && coefficient < base).then_some(Self { coefficient, base })
    }

    /// The bucket of a number: its start and its end. Only numbers above zero have one.
    pub fn bucket(&self, number: f64) -> Option<(f64, f64)> {
        if number <= 0.0 || !number.is_finite() {
            return None;
        }
        let power = |exponent: f64| tidy(self.coefficient * self.base.powf(exponent));
        let mut exponent = ((number / self.coefficient).ln() / self.base.ln()).floor();
        // The logarithm of a border may fall on either side of it.
        if power(exponent + 1.0) <= number {
            exponent += 1.0;
        } else if power(exponent) > number {
            exponent -= 1.0;
        }
        Some((power(exponent), power(exponent + 1.0)))
    }
}

/// The start of the bucket of a number.
pub fn bucket_number(number: f64, width: f64) -> f64 {
    tidy((number / width).floor() * width)
}

/// The bucket of a number as `bin` writes it: `10-20`.
pub fn bucket_label(number: f64, width: f64) -> String {
    let start = bucket_number(number, width);
    range_label(start, tidy(start + width))
}

/// A range as `bin` writes it.
pub fn range_label(start: f64, end: f64) -> String {
    format!("{}-{}", crate::value::format_number(start), crate::value::format_number(end))
}

/// The width of buckets of numbers where none is given: the smallest power of ten that cuts the range into no more than so
/// many. The manual gives only the number of buckets; powers of ten are our reading.
pub fn automatic_width(low: f64, high: f64, most: u64, least: Option<f64>) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a number of buckets")]
    let most = most.max(1) as f64;
    let range = (high - low).abs();
    let exact = if range > 0.0 { (range / most).log10() } else { 0.0 };
    let mut exponent = exact.ceil();
    let width = |exponent: f64| tidy(10_f64.powf(exponent));
    // A border at the low end makes one bucket more.
    while count(low, high, width(exponent)) > most && exponent < 300.0 {
        exponent += 1.0;
    }
    least.map_or(width(exponent), |least| width(exponent).max(least))
}

fn count(low: f64, high: f64, width: f64) -> f64 {
    ((high / width).floor() - (low / width).floor()).abs() + 1.0
}

/// Without the digits that sums and products of decimals leave behind: `0.30000000000000004` is `0.3`.
fn tidy(number: f64) -> f64 {
    let rounded = (number * 1e9).round() / 1e9;
    if (rounded - number).abs() <= number.abs() * 1e-12 { rounded } else { number }
}
