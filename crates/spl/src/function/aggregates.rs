//! Aggregates of `stats` and its kin.

/// An aggregate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aggregate {
    /// Its name.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// True when a percentage stands behind the name: `perc95`.
    pub takes_percent: bool,
    /// True when it may stand without an argument.
    pub bare: bool,
}

const fn plain(name: &'static str, aliases: &'static [&'static str]) -> Aggregate {
    Aggregate { name, aliases, takes_percent: false, bare: false }
}

const fn percent(name: &'static str, aliases: &'static [&'static str]) -> Aggregate {
    Aggregate { name, aliases, takes_percent: true, bare: false }
}

/// Every aggregate (manual: "Statistical and charting functions").
pub const AGGREGATES: &[Aggregate] = &[
    plain("avg", &["mean"]),
    Aggregate { name: "count", aliases: &["c"], takes_percent: false, bare: true },
    plain("dc", &["distinct_count"]),
    plain("earliest", &[]),
    plain("earliest_time", &[]),
    plain("estdc", &[]),
    plain("estdc_error", &[]),
    percent("exactperc", &[]),
    plain("first", &[]),
    plain("last", &[]),
    plain("latest", &[]),
    plain("latest_time", &[]),
    plain("list", &[]),
    plain("max", &[]),
    plain("median", &[]),
    plain("min", &[]),
    plain("mode", &[]),
    percent("perc", &["p"]),
    plain("per_day", &[]),
    plain("per_hour", &[]),
    plain("per_minute", &[]),
    plain("per_second", &[]),
    plain("range", &[]),
    plain("rate", &[]),
    plain("rate_avg", &[]),
    plain("rate_sum", &[]),
    plain("sparkline", &[]),
    plain("stdev", &[]),
    plain("stdevp", &[]),
    plain("sum", &[]),
    plain("sumsq", &[]),
    percent("upperperc", &[]),
    plain("values", &[]),
    plain("var", &[]),
    plain("varp", &[]),
];
