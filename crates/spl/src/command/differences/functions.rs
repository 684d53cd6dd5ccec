//! By function and aggregate.

use super::{ASCII_CLASSES, UTC};

const NULL_REGEX: &str = "A regular expression out of a field that does not compile gives null.";
const EACH_VALUE: &str = "Each value of a multivalue field is taken by itself, where the manual mostly says \
    \"not supported on multivalue fields\".";
const TRUTH: &str = "A truth value that it chooses becomes the text `True` or `False` in a field.";
const JSON_VALUES: &str = "As a value, a field that holds a JSON object, array or number is that, text written \
    out in the search is a string, and several values are an array of strings.";
const JSON_CONDITION: &str = "It is refused as a condition: fields have no truth values.";
const LOW_OF_ONE: &str = "Of one value it is 0.";
const INTERPOLATED: &str = "It is exact and lies between two values in proportion, as the manual's examples \
    compute; the manual also speaks of the nearest rank.";

/// By name of the function or aggregate: one sentence each.
pub const FUNCTIONS: &[(&str, &[&str])] = &[
    ("case", &[TRUTH]),
    ("coalesce", &[TRUTH]),
    ("estdc", &["It counts exactly."]),
    ("estdc_error", &["It is 0, as `estdc` counts exactly."]),
    ("exact", &["It is its argument: results are not rounded anywhere."]),
    ("exactperc", &[INTERPOLATED]),
    ("if", &[TRUTH]),
    (
        "isdouble",
        &["A field's text is a decimal when it is a number with a point; text written out is never a \
    number."],
    ),
    ("isint", &["A field's text is whole when it is a number without a point; text written out is never a number."]),
    ("json_append", &[JSON_VALUES]),
    ("json_array", &[JSON_VALUES]),
    ("json_extend", &[JSON_VALUES]),
    ("json_extract", &[JSON_CONDITION]),
    ("json_extract_exact", &[JSON_CONDITION]),
    ("json_object", &[JSON_VALUES]),
    ("json_set", &[JSON_VALUES]),
    ("json_set_exact", &[JSON_VALUES, "Several keys are refused: the manual leaves open what they give."]),
    ("len", &["Several values count as one text, joined by line breaks."]),
    ("lower", &[EACH_VALUE]),
    ("ltrim", &[EACH_VALUE]),
    ("match", &[NULL_REGEX, ASCII_CLASSES]),
    ("max", &["As an aggregate it takes the empty string for text."]),
    ("md5", &[EACH_VALUE]),
    ("mode", &["Of values that are equally frequent it takes the first in the order of text."]),
    ("mvfind", &[NULL_REGEX, ASCII_CLASSES]),
    (
        "mvmap",
        &[
            "It gives no value where the expression is null.",
            "The field in its first argument is the one that stands for the value; one without or with several is \
            refused.",
        ],
    ),
    (
        "mvrange",
        &[
            "It counts down when the step is below 0; a step of 0 gives nothing.",
            "More than 1,000,000 values are an \
        error.",
        ],
    ),
    ("now", &["In `weir scan` it is the end of the last event's second."]),
    ("perc", &[INTERPOLATED]),
    ("printf", &["It is null when a value is null, or no number where a number is asked for."]),
    (
        "random",
        &[
            "It goes by the time of the search, the row and the place of the call: the same search gives the same \
            numbers.",
            "It is refused inside an aggregate.",
        ],
    ),
    ("rate", &["Where a counter falls, the largest value from which it fell is added."]),
    ("relative_time", &["A time modifier out of a field that is none gives null.", UTC]),
    ("replace", &[EACH_VALUE, NULL_REGEX, ASCII_CLASSES]),
    ("round", &["A result has as many digits as it needs: `round(1.5, 3)` is `1.5`."]),
    ("rtrim", &[EACH_VALUE]),
    ("searchmatch", &["Terms that are not written out are refused.", "A subsearch among the terms is refused."]),
    ("sha1", &[EACH_VALUE]),
    ("sha256", &[EACH_VALUE]),
    ("sha512", &[EACH_VALUE]),
    ("sigfig", &["Anything but a calculation with numbers and fields is refused."]),
    ("spath", &["A path out of a field that is none gives null."]),
    ("stdev", &[LOW_OF_ONE]),
    ("strftime", &["A format out of a field that is none gives null.", UTC]),
    (
        "strptime",
        &[
            "Text behind what the format asks for is ignored, and missing parts are those of the search's time.",
            "A year or a month without a day is no time.",
            "A format out of a field that is none gives null.",
            UTC,
        ],
    ),
    ("substr", &[EACH_VALUE]),
    ("tostring", &["`tostring(null())` is null."]),
    ("trim", &[EACH_VALUE]),
    ("typeof", &["A truth value is `Bool`, as the manual's example prints it."]),
    ("upper", &[EACH_VALUE]),
    ("upperperc", &["It is exact, so it is what `perc` gives."]),
    ("urldecode", &[EACH_VALUE]),
    ("validate", &["A condition that is null is passed over."]),
    ("var", &[LOW_OF_ONE]),
];
