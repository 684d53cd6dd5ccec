//! The eval functions and aggregates that Weir runs. Which exist, and how many arguments they take, is `spl::function`'s.
//!
//! The engine registers exactly these; a test there compares its registry with the lists.

/// The eval functions that Weir runs, by name.
pub const SUPPORTED_FUNCTIONS: &[&str] = &[
    "abs",
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "avg",
    "bit_and",
    "bit_not",
    "bit_or",
    "bit_shift_left",
    "bit_shift_right",
    "bit_xor",
    "case",
    "ceil",
    "ceiling",
    "cidrmatch",
    "coalesce",
    "cos",
    "cosh",
    "exact",
    "exp",
    "false",
    "floor",
    "hypot",
    "if",
    "in",
    "ipmask",
    "isarray",
    "isbool",
    "isdouble",
    "isint",
    "ismv",
    "isnotnull",
    "isnull",
    "isnum",
    "isobject",
    "isstr",
    "json",
    "json_append",
    "json_array",
    "json_array_to_mv",
    "json_delete",
    "json_entries",
    "json_extend",
    "json_extract",
    "json_extract_exact",
    "json_has_key_exact",
    "json_keys",
    "json_object",
    "json_set",
    "json_set_exact",
    "json_valid",
    "len",
    "length",
    "like",
    "ln",
    "log",
    "lower",
    "ltrim",
    "match",
    "max",
    "md5",
    "min",
    "mv_to_json_array",
    "mvappend",
    "mvcount",
    "mvdedup",
    "mvfilter",
    "mvfind",
    "mvindex",
    "mvjoin",
    "mvmap",
    "mvrange",
    "mvreverse",
    "mvsort",
    "mvzip",
    "now",
    "null",
    "nullif",
    "pi",
    "pow",
    "printf",
    "random",
    "relative_time",
    "replace",
    "round",
    "rtrim",
    "searchmatch",
    "sha1",
    "sha256",
    "sha512",
    "sigfig",
    "sin",
    "sinh",
    "spath",
    "split",
    "sqrt",
    "strftime",
    "strptime",
    "substr",
    "sum",
    "tan",
    "tanh",
    "time",
    "toarray",
    "tobool",
    "todouble",
    "toint",
    "tomv",
    "tonumber",
    "toobject",
    "tostring",
    "trim",
    "true",
    "typeof",
    "upper",
    "urldecode",
    "validate",
];

/// The aggregates that Weir runs, by canonical name. `perc` and `exactperc` carry the percentile as a parameter.
pub const SUPPORTED_AGGREGATES: &[&str] = &[
    "avg",
    "count",
    "dc",
    "earliest",
    "earliest_time",
    "estdc",
    "estdc_error",
    "exactperc",
    "first",
    "last",
    "latest",
    "latest_time",
    "list",
    "max",
    "median",
    "min",
    "mode",
    "per_day",
    "per_hour",
    "per_minute",
    "per_second",
    "perc",
    "range",
    "rate",
    "stdev",
    "stdevp",
    "sum",
    "sumsq",
    "upperperc",
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
        check("upperperc95", AggregateName::Supported("upperperc", Some(95.0), false));
        check("rate_avg", AggregateName::Unsupported);
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
