//! `span=` of `bin`, `tstats` and their kin.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::names::{Unit, split_while};
use super::zoned;

/// The width of a bucket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TimeSpan {
    /// Microseconds of exact time.
    Micros(i64),
    /// Days of the calendar.
    Days {
        /// How many.
        count: i64,
        /// The weekday that buckets of weeks start at, when said (`1w@w1`): 0 is Sunday.
        first: Option<i8>,
    },
    /// Months of the calendar.
    Months(i64),
    /// A number without a unit: seconds for a time, the width for a number.
    Number(f64),
}

impl TimeSpan {
    /// Read `5m`, `1h`, `10`, `1w@w1`; `None` for anything else, a span of zero included.
    ///
    /// Units are those of the manual's page "bin command", with `us`, `ms`, `cs` and `ds` below the second.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, rest) = split_while(text.trim(), |c| c.is_ascii_digit() || c == '.');
        let (unit, snap) = rest.split_once('@').map_or((rest, None), |(unit, snap)| (unit, Some(snap)));
        if unit.is_empty() {
            let width = crate::value::parse_number(number).filter(|width| *width > 0.0)?;
            return snap.is_none().then_some(Self::Number(width));
        }
        // The error says only that it is no whole number, and so does `None`.
        let count: i64 = if number.is_empty() { 1 } else { number.parse().ok().filter(|count| *count > 0)? };
        let span = Self::of(count, unit)?;
        match snap {
            None => Some(span),
            Some(snap) => span.snapped(snap, unit),
        }
    }

    fn of(count: i64, unit: &str) -> Option<Self> {
        let micros = |size: i64| count.checked_mul(size).map(Self::Micros);
        match unit {
            "us" => return micros(1),
            "ms" => return micros(1_000),
            "cs" => return micros(10_000),
            "ds" => return micros(100_000),
            _ => {}
        }
        match Unit::parse(unit)? {
            Unit::Second => micros(1_000_000),
            Unit::Minute => micros(60_000_000),
            Unit::Hour => micros(3_600_000_000),
            Unit::Day => Some(Self::Days { count, first: None }),
            Unit::Week => Some(Self::Days { count: count.checked_mul(7)?, first: None }),
            Unit::Month => Some(Self::Months(count)),
            Unit::Quarter => count.checked_mul(3).map(Self::Months),
            Unit::Year => count.checked_mul(12).map(Self::Months),
        }
    }

    /// `1w@w1` moves the start of weeks; a snap to the span's own unit changes nothing.
    fn snapped(self, snap: &str, unit: &str) -> Option<Self> {
        if let (Self::Days { count, .. }, Some(day)) = (self, snap.strip_prefix('w'))
            && count % 7 == 0
        {
            let first: i8 = match day {
                "" | "0" | "7" => 0,
                // The error says only that it is no digit, and so does `None`.
                _ => day.parse().ok().filter(|day| (0..7).contains(day))?,
            };
            return Some(Self::Days { count, first: Some(first) });
        }
        (Unit::parse(snap)? == Unit::parse(unit)?).then_some(self)
    }

    /// The start of the bucket that a time lies in; `None` outside the calendar's years.
    ///
    /// Buckets count from the epoch in the zone's own time, so days start at midnight and hours at the hour
    /// there; weeks without a snap start on Thursday, the epoch's weekday. The manual says only that
    /// spans align to the unit; the rest is our reading.
    pub fn bucket(&self, micros: i64, zone: &TimeZone) -> Option<i64> {
        match *self {
            Self::Micros(width) => floor_local(micros, width, zone),
            Self::Number(width) => floor_local(micros, whole_micros(width)?, zone),
            Self::Days { count, first } => {
                // The epoch was a Thursday; shifting by the days since the wanted weekday aligns there.
                let shift = first.map_or(0, |first| i64::from((4 - first).rem_euclid(7)));
                let day = day_number(zoned(micros, zone)?.date())?;
                let start = (day + shift).div_euclid(count) * count - shift;
                midnight(date_of(start)?, zone)
            }
            Self::Months(count) => {
                let date = zoned(micros, zone)?.date();
                let month = (i64::from(date.year()) - 1970) * 12 + i64::from(date.month()) - 1;
                let start = month.div_euclid(count) * count;
                let year = i16::try_from(1970 + start.div_euclid(12)).ok()?;
                let month = i8::try_from(start.rem_euclid(12) + 1).ok()?;
                midnight(Date::new(year, month, 1).ok()?, zone)
            }
        }
    }
}

pub(super) fn whole_micros(seconds: f64) -> Option<i64> {
    let micros = (seconds * 1e6).round();
    // Within this range the cast is exact.
    (1.0..9e18).contains(&micros).then_some(micros as i64)
}

fn floor_local(micros: i64, width: i64, zone: &TimeZone) -> Option<i64> {
    let now = zoned(micros, zone)?;
    let shift = i64::from(now.offset().seconds()) * 1_000_000;
    let local = micros.checked_add(shift)?.div_euclid(width).checked_mul(width)?;
    let start = local.checked_sub(shift)?;
    if zoned(start, zone)?.offset() == now.offset() {
        return Some(start);
    }
    // The clocks were changed since. Hours keep to the clock; what is shorter begins anew with the change.
    if width >= 3_600_000_000 {
        let clock = now.offset().to_datetime(jiff::Timestamp::from_microsecond(start).ok()?);
        return Some(clock.to_zoned(zone.clone()).ok()?.timestamp().as_microsecond().min(micros));
    }
    let after = jiff::Timestamp::from_microsecond(micros.checked_add(1)?).ok()?;
    let change = zone.preceding(after).next().map(|change| change.timestamp().as_microsecond());
    Some(change.map_or(start, |change| start.max(change)))
}

fn day_number(date: Date) -> Option<i64> {
    let epoch = Date::constant(1970, 1, 1);
    // A difference of two dates always fits.
    Some(i64::from(date.since((jiff::Unit::Day, epoch)).ok()?.get_days()))
}

fn date_of(day: i64) -> Option<Date> {
    // Out of the calendar's range is no date.
    Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

fn midnight(date: Date, zone: &TimeZone) -> Option<i64> {
    // Out of the calendar's range is no time.
    Some(date.to_zoned(zone.clone()).ok()?.timestamp().as_microsecond())
}
