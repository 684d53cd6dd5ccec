//! Eval functions.

use super::Function;

const fn exactly(name: &'static str, arguments: usize) -> Function {
    Function {
        name,
        least: arguments,
        most: Some(arguments),
    }
}

const fn between(name: &'static str, least: usize, most: usize) -> Function {
    Function {
        name,
        least,
        most: Some(most),
    }
}

const fn at_least(name: &'static str, least: usize) -> Function {
    Function {
        name,
        least,
        most: None,
    }
}

/// The eval functions that Weir runs, by name.
pub const SUPPORTED_FUNCTIONS: &[Function] = &[
    exactly("abs", 1),
    at_least("case", 2),
    exactly("ceil", 1),
    exactly("ceiling", 1),
    exactly("cidrmatch", 2),
    at_least("coalesce", 1),
    exactly("exp", 1),
    exactly("false", 0),
    exactly("floor", 1),
    exactly("if", 3),
    at_least("in", 2),
    exactly("isnotnull", 1),
    exactly("isnull", 1),
    exactly("len", 1),
    exactly("like", 2),
    exactly("ln", 1),
    between("log", 1, 2),
    exactly("lower", 1),
    between("ltrim", 1, 2),
    exactly("match", 2),
    at_least("max", 1),
    exactly("md5", 1),
    at_least("min", 1),
    at_least("mvappend", 1),
    exactly("mvcount", 1),
    exactly("mvdedup", 1),
    exactly("mvfind", 2),
    between("mvindex", 2, 3),
    exactly("mvjoin", 2),
    between("mvzip", 2, 3),
    exactly("now", 0),
    exactly("null", 0),
    exactly("nullif", 2),
    exactly("pow", 2),
    exactly("relative_time", 2),
    exactly("replace", 3),
    between("round", 1, 2),
    between("rtrim", 1, 2),
    exactly("sha1", 1),
    exactly("sha256", 1),
    exactly("split", 2),
    exactly("sqrt", 1),
    exactly("strftime", 2),
    exactly("strptime", 2),
    between("substr", 2, 3),
    exactly("time", 0),
    between("tonumber", 1, 2),
    between("tostring", 1, 2),
    between("trim", 1, 2),
    exactly("true", 0),
    exactly("typeof", 1),
    exactly("upper", 1),
    exactly("urldecode", 1),
];

/// Functions of eval that Weir does not run.
const UNSUPPORTED: &[&str] = &[
    "acos",
    "acosh",
    "array_to_mv",
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
    "commands",
    "cos",
    "cosh",
    "exact",
    "hypot",
    "ipmask",
    "isarray",
    "isbool",
    "isdouble",
    "isint",
    "ismv",
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
    "lookup",
    "mv_to_json_array",
    "mvfilter",
    "mvmap",
    "mvrange",
    "mvreverse",
    "mvsort",
    "object_to_array",
    "pi",
    "printf",
    "random",
    "searchmatch",
    "sha512",
    "sigfig",
    "sin",
    "sinh",
    "spath",
    "sum",
    "tan",
    "tanh",
    "toarray",
    "tobool",
    "todouble",
    "toint",
    "tojson",
    "tomv",
    "toobject",
    "urlencode",
    "validate",
];

/// What a name turned out to be.
pub(crate) enum Known {
    /// Weir runs it.
    Supported(Function),
    /// It exists, but Weir does not run it.
    Unsupported,
    /// No such function.
    No,
}

/// Look a function up; the name is lower case.
pub(crate) fn resolve_function(name: &str) -> Known {
    if let Some(function) = SUPPORTED_FUNCTIONS
        .iter()
        .find(|function| function.name == name)
    {
        return Known::Supported(*function);
    }
    if UNSUPPORTED.contains(&name) {
        Known::Unsupported
    } else {
        Known::No
    }
}

/// All names, for suggestions.
pub(crate) fn known_functions() -> impl Iterator<Item = &'static str> {
    SUPPORTED_FUNCTIONS
        .iter()
        .map(|function| function.name)
        .chain(UNSUPPORTED.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::{SUPPORTED_FUNCTIONS, UNSUPPORTED};

    #[test]
    fn the_lists_are_in_order_and_disjoint() {
        assert!(SUPPORTED_FUNCTIONS.is_sorted_by(|a, b| a.name < b.name));
        assert!(UNSUPPORTED.is_sorted_by(|a, b| a < b));
        assert!(
            SUPPORTED_FUNCTIONS
                .iter()
                .all(|function| !UNSUPPORTED.contains(&function.name))
        );
    }
}
