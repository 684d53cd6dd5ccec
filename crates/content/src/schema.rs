//! The schema of each kind of content: a YAML tree in, a typed value out, reports for what does not fit.

use text::FileSpan;

use crate::door::Placed;

pub(crate) mod data_source;
pub(crate) mod deployment;
pub(crate) mod detection;
pub(crate) mod lookup;
pub(crate) mod macros;
mod outcome;
pub(crate) mod schedule;
pub(crate) mod story;

/// A value with what the loader needs to know about it.
pub(crate) struct Read<T> {
    pub(crate) value: T,
    pub(crate) name: Placed,
    pub(crate) id: Option<Placed>,
    pub(crate) mentions: Vec<Mention>,
}

/// What a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Story,
    DataSource,
    Technique,
    Schedule,
    Baseline,
    Detection,
}

/// A name of other content, to be looked up when everything is loaded.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    pub(crate) target: Target,
    pub(crate) name: String,
    pub(crate) at: FileSpan,
}

impl Target {
    /// For messages.
    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::Story => "analytic story",
            Self::DataSource => "data source",
            Self::Technique => "ATT&CK technique",
            Self::Schedule => "schedule",
            Self::Baseline => "baseline",
            Self::Detection => "detection",
        }
    }
}

/// Keys that every kind of content may have and that say nothing about what it does.
pub(crate) const HEAD: [&str; 8] =
    ["id", "version", "date", "creation_date", "modification_date", "author", "status", "tags"];

/// True for `8-4-4-4-12` hexadecimal digits.
pub(crate) fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12] && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// True for `YYYY-MM-DD`.
pub(crate) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let number = |part: &str, length: usize| {
        let digits = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        // Too long for a number is no date either.
        digits.then(|| part.parse::<u32>().ok()).flatten()
    };
    let in_range = |value: Option<u32>, last: u32| value.is_some_and(|value| (1..=last).contains(&value));
    number(year, 4).is_some() && in_range(number(month, 2), 12) && in_range(number(day, 2), 31)
}
