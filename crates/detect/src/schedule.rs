//! Cron schedules and the dispatch windows they give.
//!
//! Source: the Splunk manual's "Use cron expressions for alert scheduling" and savedsearches.conf.spec
//! (`cron_schedule`, `dispatch.earliest_time`, `dispatch.latest_time`).

use content::Schedule;
use jiff::{Timestamp, civil::Weekday, tz::TimeZone};

use crate::run::DispatchWindow;

/// A cron expression of five fields: minute, hour, day of month, month, day of week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cron {
    minutes: Vec<u8>,
    hours: Vec<u8>,
    days: Vec<u8>,
    months: Vec<u8>,
    weekdays: Vec<u8>,
    any_day: bool,
    any_weekday: bool,
}

/// Why a schedule cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum CronError {
    /// Not five fields.
    #[error("cron schedule `{0}` has {1} fields; it takes five: minute, hour, day of month, month, day of week")]
    Fields(String, usize),
    /// A field that is no list of numbers, ranges and steps inside its bounds.
    #[error("`{field}` in cron schedule `{cron}` is not a {what} ({low}-{high}, with `*`, `,`, `-` and `/`)")]
    Field {
        /// The whole schedule.
        cron: String,
        /// The field at fault.
        field: String,
        /// What it stands for.
        what: &'static str,
        /// Lowest value.
        low: u8,
        /// Highest value.
        high: u8,
    },
    /// A relative time that cannot be read.
    #[error("`{0}` is not a time such as `-70m@m`")]
    Time(String),
}

impl Cron {
    /// Read a cron expression.
    ///
    /// # Errors
    /// [`CronError`] names the field at fault.
    pub fn parse(cron: &str) -> Result<Self, CronError> {
        let fields: Vec<&str> = cron.split_whitespace().collect();
        let [minute, hour, day, month, weekday] = fields.as_slice() else {
            return Err(CronError::Fields(cron.to_owned(), fields.len()));
        };
        let field = |text: &str, what, low, high| {
            values(text, low, high).ok_or_else(|| CronError::Field {
                cron: cron.to_owned(),
                field: text.to_owned(),
                what,
                low,
                high,
            })
        };
        let weekdays = field(weekday, "day of week", 0, 7)?;
        Ok(Self {
            minutes: field(minute, "minute", 0, 59)?,
            hours: field(hour, "hour", 0, 23)?,
            days: field(day, "day of month", 1, 31)?,
            months: field(month, "month", 1, 12)?,
            // Both 0 and 7 are Sunday.
            weekdays: weekdays.into_iter().map(|day| day % 7).collect(),
            any_day: day.starts_with('*'),
            any_weekday: weekday.starts_with('*'),
        })
    }

    /// The scheduled times in `[from, to]` (epoch seconds), in order, in UTC.
    pub fn times(&self, from: i64, to: i64) -> Vec<i64> {
        let mut times = Vec::new();
        let mut midnight = from.div_euclid(86_400) * 86_400;
        while midnight <= to {
            if self.runs_on(midnight) {
                self.times_of_day(midnight, from, to, &mut times);
            }
            midnight += 86_400;
        }
        times
    }

    fn times_of_day(&self, midnight: i64, from: i64, to: i64, times: &mut Vec<i64>) {
        for hour in &self.hours {
            for minute in &self.minutes {
                let time = midnight + i64::from(*hour) * 3_600 + i64::from(*minute) * 60;
                if (from..=to).contains(&time) {
                    times.push(time);
                }
            }
        }
    }

    /// Day of month and day of week are alternatives when both are restricted, as in every cron.
    fn runs_on(&self, midnight: i64) -> bool {
        let Ok(timestamp) = Timestamp::from_second(midnight) else { return false };
        let date = timestamp.to_zoned(TimeZone::UTC).date();
        let number = |value: i8| u8::try_from(value).unwrap_or(0);
        let day = self.days.contains(&number(date.day()));
        let weekday = self.weekdays.contains(&number(weekday_number(date.weekday())));
        let in_day = match (self.any_day, self.any_weekday) {
            (true, _) => weekday,
            (_, true) => day,
            (false, false) => day || weekday,
        };
        in_day && self.months.contains(&number(date.month()))
    }
}

fn weekday_number(day: Weekday) -> i8 {
    day.to_sunday_zero_offset()
}

/// The values of one field: `*`, `5`, `1-5`, `*/15`, `0,30`, `10-50/20`. `None` when it is none of these.
fn values(text: &str, low: u8, high: u8) -> Option<Vec<u8>> {
    let mut all = Vec::new();
    for part in text.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, step.parse::<u8>().ok().filter(|step| *step > 0)?),
            None => (part, 1),
        };
        let (start, end) = match (range, range.split_once('-')) {
            ("*", _) => (low, high),
            (_, Some((start, end))) => (start.parse().ok()?, end.parse().ok()?),
            (one, None) => {
                let start = one.parse().ok()?;
                // `5/10` is every tenth from 5 on.
                (start, if part.contains('/') { high } else { start })
            }
        };
        if start < low || end > high || start > end {
            return None;
        }
        all.extend((start..=end).step_by(usize::from(step)));
    }
    all.sort_unstable();
    all.dedup();
    Some(all)
}

/// Every dispatch of a schedule whose window holds some of `[first, last]` (microseconds of event time).
///
/// The windows are those of the scheduled times, as with Splunk's continuous scheduling: none is skipped.
///
/// # Errors
/// [`CronError`] when the schedule cannot be read.
pub fn dispatches(schedule: &Schedule, first: i64, last: i64) -> Result<Vec<DispatchWindow>, CronError> {
    let cron = Cron::parse(&schedule.cron)?;
    let window = |time: i64| -> Result<DispatchWindow, CronError> {
        Ok(DispatchWindow {
            scheduled: time.saturating_mul(1_000_000),
            earliest: resolve(&schedule.earliest, time)?,
            latest: resolve(&schedule.latest, time)?,
        })
    };
    let second = first.div_euclid(1_000_000);
    let probe = window(second)?;
    // How far behind its scheduled time a window begins, and a day for snapping.
    let reach = second - probe.earliest.unwrap_or(first).div_euclid(1_000_000) + 86_400;
    let mut windows = Vec::new();
    for time in cron.times(second, last.div_euclid(1_000_000) + reach.max(86_400)) {
        let candidate = window(time)?;
        let starts_in_time = candidate.earliest.is_none_or(|earliest| earliest <= last);
        let ends_in_time = candidate.latest.is_none_or(|latest| latest > first);
        if starts_in_time && ends_in_time {
            windows.push(candidate);
        }
    }
    Ok(windows)
}

fn resolve(modifier: &str, now: i64) -> Result<Option<i64>, CronError> {
    let modifier = modifier.trim();
    if modifier.is_empty() {
        return Ok(None);
    }
    let now = now.saturating_mul(1_000_000);
    let time = spl::time::resolve(modifier, now, &spl::time::utc());
    time.map(Some).ok_or_else(|| CronError::Time(modifier.to_owned()))
}

#[cfg(test)]
mod tests;
