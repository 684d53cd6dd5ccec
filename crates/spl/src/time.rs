//! Splunk's times: relative modifiers, `strftime` and `strptime`, spans. Instants are epoch microseconds.
//!
//! Nothing here reads a clock: callers say what now is, and which zone the search's user lives in.

mod buckets;
mod format;
mod modifier;
mod names;
mod read;
mod span;

#[cfg(test)]
mod tests;

pub use buckets::{LogSpan, automatic_width, bucket_label, bucket_number, range_label};
pub use format::strftime;
pub use jiff::tz::TimeZone;
pub use modifier::resolve;
pub use read::strptime;
pub use span::TimeSpan;

/// The zone of a search whose user has set none.
pub fn utc() -> TimeZone {
    TimeZone::UTC
}

/// An instant in a zone; `None` outside the years that dates have (-9999 to 9999).
fn zoned(micros: i64, zone: &TimeZone) -> Option<jiff::Zoned> {
    // The error says only that it is out of range, and so does `None`.
    Some(jiff::Timestamp::from_microsecond(micros).ok()?.to_zoned(zone.clone()))
}
