//! Buckets of times and numbers: `bin`, the rows of charts, `makecontinuous`.

use datafusion::common::{Result, exec_err, plan_datafusion_err, plan_err};
use plan::Buckets;
use spl::time::{LogSpan, TimeSpan, TimeZone, automatic_width, bucket_number, range_label, resolve};

use crate::Window;
use crate::column::{Input, Kind};
use crate::convert::{micros, seconds};
use crate::function::SearchContext;

/// Splunk's limit for buckets in a row (limits.conf, `discretize`, `maxbins`).
const MOST: usize = 50_000;

/// How values are put into buckets, with everything known that it depends on.
#[derive(Debug, Clone)]
pub(crate) enum Bucketing {
    /// Times.
    Time {
        /// The span.
        span: TimeSpan,
        /// Where buckets count from; the epoch when absent.
        origin: Option<i64>,
        /// The zone of days.
        zone: TimeZone,
    },
    /// Numbers, in ranges of one width.
    Width(f64),
    /// Numbers, in ranges that grow.
    Log(LogSpan),
}

/// A bucket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Bucket {
    /// The start of a span of time, in microseconds.
    Time(i64),
    /// The start and the end of a range of numbers.
    Range(f64, f64),
}

impl Bucket {
    /// Where it starts, to sort by.
    pub(crate) fn start(&self) -> f64 {
        match self {
            Self::Time(start) => seconds(*start),
            Self::Range(start, _) => *start,
        }
    }

    /// A range as `bin` writes it; the number of a time.
    pub(crate) fn label(&self) -> String {
        match self {
            Self::Time(start) => crate::convert::number_text(seconds(*start)),
            Self::Range(start, end) => range_label(*start, *end),
        }
    }
}

/// Does the field hold times? A span with a unit of time makes a time of any number.
pub(crate) fn is_time(buckets: &Buckets, field: &str, kind: Kind) -> bool {
    let unit = buckets.span.as_deref().and_then(TimeSpan::parse);
    kind == Kind::Time || field == "_time" || !matches!(unit, None | Some(TimeSpan::Number(_)))
}

/// Does the width of buckets depend on the values?
pub(crate) fn needs_range(buckets: &Buckets) -> bool {
    buckets.span.is_none()
}

/// The lowest and the highest number of a column.
pub(crate) fn range_of(input: &Input, rows: usize) -> Option<(f64, f64)> {
    let numbers = (0..rows).filter_map(|row| input.number(row));
    numbers.fold(None, |range, number| match range {
        None => Some((number, number)),
        Some((low, high)) => Some((number.min(low), number.max(high))),
    })
}

impl Bucketing {
    /// Buckets of times (`time`) or of numbers. `range` is that of the values, in seconds or numbers.
    pub(crate) fn new(
        buckets: &Buckets,
        time: bool,
        range: Option<(f64, f64)>,
        context: &SearchContext,
        window: &Window,
    ) -> Result<Self> {
        let span = buckets.span.as_deref();
        if let Some(log) = span.and_then(LogSpan::parse) {
            return if time {
                plan_err!("`{}` is no span of time", span.unwrap_or_default())
            } else {
                Ok(Self::Log(log))
            };
        }
        let known =
            |written: &str| TimeSpan::parse(written).ok_or_else(|| plan_datafusion_err!("`{written}` is no span"));
        let span = span.map(known).transpose()?;
        let least = buckets.min_span.as_deref().map(known).transpose()?;
        let (low, high) = range.unwrap_or((0.0, 0.0));
        if time {
            let length = micros(high - low).unwrap_or(i64::MAX);
            let span = span.unwrap_or_else(|| TimeSpan::automatic(length, buckets.bins, least));
            let origin = buckets.align.as_deref().and_then(|align| origin(align, context, window));
            return Ok(Self::Time { span, origin, zone: context.zone.clone() });
        }
        let width = |span: TimeSpan| if let TimeSpan::Number(width) = span { Some(width) } else { None };
        if let Some(width) = span.and_then(width) {
            return Ok(Self::Width(width));
        }
        let low = buckets.start.map_or(low, |start| start.min(low));
        let high = buckets.end.map_or(high, |end| end.max(high));
        Ok(Self::Width(automatic_width(low, high, buckets.bins, least.and_then(width))))
    }

    /// The bucket of a number; `None` where it has none.
    pub(crate) fn place(&self, number: f64) -> Option<Bucket> {
        match self {
            Self::Time { span, origin, zone } => span.bucket_from(micros(number)?, *origin, zone).map(Bucket::Time),
            Self::Width(width) => {
                let start = bucket_number(number, *width);
                // Half a width on, the end is found without the errors of sums.
                Some(Bucket::Range(start, bucket_number(start + width * 1.5, *width)))
            }
            Self::Log(log) => log.bucket(number).map(|(start, end)| Bucket::Range(start, end)),
        }
    }

    /// The bucket behind another.
    fn next(&self, bucket: &Bucket) -> Option<Bucket> {
        match (self, bucket) {
            (Self::Time { span, origin, zone }, Bucket::Time(start)) => {
                span.next(*start, *origin, zone).map(Bucket::Time)
            }
            (Self::Width(width), Bucket::Range(_, end)) => self.place(end + width / 2.0),
            (_, Bucket::Range(_, end)) => self.place(*end),
            _ => None,
        }
    }

    /// The buckets from the one of `first` to the one of `last`.
    pub(crate) fn between(&self, first: f64, last: f64) -> Result<Vec<Bucket>> {
        let mut found = Vec::new();
        let mut next = self.place(first);
        while let Some(bucket) = next.filter(|bucket| bucket.start() <= last) {
            if found.len() == MOST {
                return exec_err!("more than {MOST} buckets: choose a larger span or a shorter time");
            }
            found.push(bucket);
            next = self.next(&bucket).filter(|next| next.start() > bucket.start());
        }
        Ok(found)
    }

    /// The end of a bucket of time, in microseconds.
    pub(crate) fn end_of(&self, start: i64) -> Option<i64> {
        match self.next(&Bucket::Time(start)) {
            Some(Bucket::Time(end)) => Some(end),
            _ => None,
        }
    }
}

/// Where `aligntime=` lets buckets begin, in microseconds.
fn origin(align: &str, context: &SearchContext, window: &Window) -> Option<i64> {
    match align.to_ascii_lowercase().as_str() {
        "earliest" => Some(window.earliest.unwrap_or_default()),
        "latest" => Some(window.latest.unwrap_or(window.now)),
        _ => resolve(align, context.now, &context.zone),
    }
}
