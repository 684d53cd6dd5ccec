//! Every function and operator of eval.

use super::Function;
use super::{
    abs, arithmetic, case, ceil, ceiling, cidrmatch, coalesce, comparison, exp, false_, floor, if_, in_, isnotnull,
    isnull, len, like, ln, log, lower, ltrim, match_, max, md5, min, mvappend, mvcount, mvdedup, mvfind, mvindex,
    mvjoin, mvzip, now, null, nullif, pow, relative_time, replace, round, rtrim, sha1, sha256, split, sqrt, strftime,
    strptime, substr, time, tonumber, tostring, trim, true_, typeof_, upper, urldecode,
};

/// The functions, by name.
pub const FUNCTIONS: &[Function] = &[
    abs::ABS,
    case::CASE,
    ceil::CEIL,
    ceiling::CEILING,
    cidrmatch::CIDRMATCH,
    coalesce::COALESCE,
    exp::EXP,
    false_::FALSE,
    floor::FLOOR,
    if_::IF,
    in_::IN,
    isnotnull::ISNOTNULL,
    isnull::ISNULL,
    len::LEN,
    like::LIKE,
    ln::LN,
    log::LOG,
    lower::LOWER,
    ltrim::LTRIM,
    match_::MATCH,
    max::MAX,
    md5::MD5,
    min::MIN,
    mvappend::MVAPPEND,
    mvcount::MVCOUNT,
    mvdedup::MVDEDUP,
    mvfind::MVFIND,
    mvindex::MVINDEX,
    mvjoin::MVJOIN,
    mvzip::MVZIP,
    now::NOW,
    null::NULL,
    nullif::NULLIF,
    pow::POW,
    relative_time::RELATIVE_TIME,
    replace::REPLACE,
    round::ROUND,
    rtrim::RTRIM,
    sha1::SHA1,
    sha256::SHA256,
    split::SPLIT,
    sqrt::SQRT,
    strftime::STRFTIME,
    strptime::STRPTIME,
    substr::SUBSTR,
    time::TIME,
    tonumber::TONUMBER,
    tostring::TOSTRING,
    trim::TRIM,
    true_::TRUE,
    typeof_::TYPEOF,
    upper::UPPER,
    urldecode::URLDECODE,
];

/// The operators that are functions here; `AND`, `OR` and `NOT` are DataFusion's own.
pub const OPERATORS: &[Function] = &[
    arithmetic::ADD,
    arithmetic::SUBTRACT,
    arithmetic::MULTIPLY,
    arithmetic::DIVIDE,
    arithmetic::MODULO,
    arithmetic::CONCAT,
    comparison::EQUAL,
    comparison::NOT_EQUAL,
    comparison::LESS,
    comparison::LESS_OR_EQUAL,
    comparison::GREATER,
    comparison::GREATER_OR_EQUAL,
    comparison::XOR,
];

/// The function or operator of a name.
pub(crate) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().chain(OPERATORS).find(|function| function.name == name)
}
