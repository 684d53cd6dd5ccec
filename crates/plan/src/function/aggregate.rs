//! Aggregates of `stats`, `eventstats` and `tstats`.

/// The aggregates that Weir runs, by canonical name. `perc` and `exactperc` carry the percentile as a parameter.
pub const SUPPORTED_AGGREGATES: &[&str] = &[
    "avg",
    "count",
    "dc",
    "earliest",
    "exactperc",
    "first",
    "last",
    "latest",
    "list",
    "max",
    "median",
    "min",
    "mode",
    "perc",
    "range",
    "stdev",
    "stdevp",
    "sum",
    "values",
    "var",
    "varp",
];

const UNSUPPORTED: &[&str] = &[
    "earliest_time",
    "estdc",
    "estdc_error",
    "latest_time",
    "per_day",
    "per_hour",
    "per_minute",
    "per_second",
    "rate",
    "rate_avg",
    "rate_sum",
    "sparkline",
    "sumsq",
];

/// Other spellings of an aggregate.
const ALIASES: &[(&str, &str)] = &[("c", "count"), ("distinct_count", "dc"), ("mean", "avg")];

/// What the name of an aggregate turned out to be.
#[derive(Debug, PartialEq)]
pub(crate) enum AggregateName {
    /// Weir runs it: the canonical name and the number in it.
    Supported(&'static str, Option<f64>),
    /// It exists, but Weir does not run it.
    Unsupported,
    /// The percentile is not from 0 to 100.
    BadPercentile,
    /// No such aggregate; perhaps this was meant.
    Unknown(Option<&'static str>),
}

/// Look an aggregate up, whatever its case.
pub(crate) fn resolve_aggregate(written: &str) -> AggregateName {
    let lower = written.to_lowercase();
    let name = ALIASES
        .iter()
        .find(|(alias, _)| *alias == lower)
        .map_or(lower.as_str(), |(_, canonical)| canonical);
    if let Some(percentile) = percentile(name) {
        return percentile;
    }
    let takes_number = |name: &str| matches!(name, "perc" | "exactperc");
    if let Some(canonical) = SUPPORTED_AGGREGATES
        .iter()
        .find(|known| **known == name && !takes_number(name))
    {
        return AggregateName::Supported(canonical, None);
    }
    if UNSUPPORTED.contains(&name) {
        return AggregateName::Unsupported;
    }
    let aliases = ALIASES.iter().map(|(alias, _)| *alias);
    let known = SUPPORTED_AGGREGATES
        .iter()
        .chain(UNSUPPORTED)
        .copied()
        .chain(aliases);
    AggregateName::Unknown(crate::suggest::nearest(written, known))
}

/// `perc95`, `p95`, `exactperc99.9`, `upperperc95`.
fn percentile(name: &str) -> Option<AggregateName> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (word, number) = name.split_at_checked(digits)?;
    let number: f64 = number.parse().ok()?;
    let canonical = match word {
        "p" | "perc" => "perc",
        "exactperc" => "exactperc",
        "upperperc" => return Some(AggregateName::Unsupported),
        _ => return None,
    };
    if !(0.0..=100.0).contains(&number) {
        return Some(AggregateName::BadPercentile);
    }
    Some(AggregateName::Supported(canonical, Some(number)))
}

#[cfg(test)]
mod tests {
    use super::{AggregateName, SUPPORTED_AGGREGATES, UNSUPPORTED, resolve_aggregate};

    fn check(written: &str, expected: AggregateName) {
        assert_eq!(resolve_aggregate(written), expected, "{written}");
    }

    #[test]
    fn names_are_canonical() {
        check("count", AggregateName::Supported("count", None));
        check("C", AggregateName::Supported("count", None));
        check("distinct_count", AggregateName::Supported("dc", None));
        check("mean", AggregateName::Supported("avg", None));
        check("p50", AggregateName::Supported("perc", Some(50.0)));
        check("perc99.9", AggregateName::Supported("perc", Some(99.9)));
        check(
            "exactperc95",
            AggregateName::Supported("exactperc", Some(95.0)),
        );
    }

    #[test]
    fn others_are_told_apart() {
        check("upperperc95", AggregateName::Unsupported);
        check("sparkline", AggregateName::Unsupported);
        check("perc101", AggregateName::BadPercentile);
        check("perc", AggregateName::Unknown(None));
        check("valeus", AggregateName::Unknown(Some("values")));
        check("xyzzy", AggregateName::Unknown(None));
    }

    #[test]
    fn the_lists_are_in_order() {
        assert!(SUPPORTED_AGGREGATES.is_sorted());
        assert!(UNSUPPORTED.is_sorted());
    }
}
