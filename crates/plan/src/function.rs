//! The eval functions and aggregates that Weir runs. Which exist, and how many arguments they take, is `spl::function`'s.
//!
//! The engine registers exactly these; a test there compares its registry with the lists.

/// The eval functions that Weir runs, by name.
pub const SUPPORTED_FUNCTIONS: &[&str] = &[
    "abs",
    "case",
    "ceil",
    "ceiling",
    "cidrmatch",
    "coalesce",
    "exp",
    "false",
    "floor",
    "if",
    "in",
    "isnotnull",
    "isnull",
    "len",
    "like",
    "ln",
    "log",
    "lower",
    "ltrim",
    "match",
    "max",
    "md5",
    "min",
    "mvappend",
    "mvcount",
    "mvdedup",
    "mvfind",
    "mvindex",
    "mvjoin",
    "mvzip",
    "now",
    "null",
    "nullif",
    "pow",
    "relative_time",
    "replace",
    "round",
    "rtrim",
    "sha1",
    "sha256",
    "split",
    "sqrt",
    "strftime",
    "strptime",
    "substr",
    "time",
    "tonumber",
    "tostring",
    "trim",
    "true",
    "typeof",
    "upper",
    "urldecode",
];

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

/// What the name of an aggregate turned out to be.
#[derive(Debug, PartialEq)]
pub(crate) enum AggregateName {
    /// Weir runs it: the canonical name, the number in it, and whether it may stand without an argument.
    Supported(&'static str, Option<f64>, bool),
    /// It exists, but Weir does not run it.
    Unsupported,
    /// No such aggregate; perhaps this was meant.
    Unknown(Option<&'static str>),
}

/// Look an aggregate up, whatever its case.
pub(crate) fn resolve_aggregate(written: &str) -> AggregateName {
    let Some(named) = spl::function::aggregate(written) else {
        return AggregateName::Unknown(spl::function::closest_aggregate(written));
    };
    let known = named.aggregate;
    if SUPPORTED_AGGREGATES.contains(&known.name) {
        AggregateName::Supported(known.name, named.parameter, known.bare)
    } else {
        AggregateName::Unsupported
    }
}

#[cfg(test)]
mod tests {
    use super::{AggregateName, SUPPORTED_AGGREGATES, SUPPORTED_FUNCTIONS, resolve_aggregate};

    fn check(written: &str, expected: AggregateName) {
        assert_eq!(resolve_aggregate(written), expected, "{written}");
    }

    #[test]
    fn names_are_canonical() {
        check("count", AggregateName::Supported("count", None, true));
        check("C", AggregateName::Supported("count", None, true));
        check("distinct_count", AggregateName::Supported("dc", None, false));
        check("mean", AggregateName::Supported("avg", None, false));
        check("p50", AggregateName::Supported("perc", Some(50.0), false));
        check("perc99.9", AggregateName::Supported("perc", Some(99.9), false));
        check("exactperc95", AggregateName::Supported("exactperc", Some(95.0), false));
        check("upperperc95", AggregateName::Unsupported);
        check("sparkline", AggregateName::Unsupported);
        check("valeus", AggregateName::Unknown(Some("values")));
        check("xyzzy", AggregateName::Unknown(None));
    }

    #[test]
    fn the_lists_are_in_order_and_known_to_spl() {
        assert!(SUPPORTED_FUNCTIONS.is_sorted());
        assert!(SUPPORTED_AGGREGATES.is_sorted());
        assert!(SUPPORTED_FUNCTIONS.iter().all(|name| spl::function::eval(name).is_some()));
        let aggregates: Vec<_> = spl::function::AGGREGATES.iter().map(|known| known.name).collect();
        assert!(SUPPORTED_AGGREGATES.iter().all(|name| aggregates.contains(name)));
    }
}
