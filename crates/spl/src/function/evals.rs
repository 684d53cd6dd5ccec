//! Eval functions.

/// An eval function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Eval {
    /// Its name, in lower case.
    pub name: &'static str,
    /// Fewest arguments.
    pub min: usize,
    /// Most arguments; `None` is any number.
    pub max: Option<usize>,
    /// True when the arguments come in pairs.
    pub pairs: bool,
}

impl Eval {
    /// May it be called with this many arguments?
    pub fn takes(&self, count: usize) -> bool {
        count >= self.min && self.max.is_none_or(|max| count <= max) && !(self.pairs && count % 2 == 1)
    }
}

macro_rules! evals {
    ($($name:literal $min:literal $max:tt;)*) => {
        /// Every eval function (manual: "Evaluation functions").
        pub const EVALS: &[Eval] = &[$(evals!(@one $name $min $max),)*];
    };
    (@one $name:literal $min:literal any) => { Eval { name: $name, min: $min, max: None, pairs: false } };
    (@one $name:literal $min:literal pairs) => { Eval { name: $name, min: $min, max: None, pairs: true } };
    (@one $name:literal $min:literal $max:literal) => { Eval { name: $name, min: $min, max: Some($max), pairs: false } };
}

evals! {
    // Bitwise
    "bit_and" 2 any; "bit_or" 2 any; "bit_not" 1 2; "bit_xor" 2 any; "bit_shift_left" 2 3; "bit_shift_right" 2 3;
    // Comparison and conditions
    "case" 2 pairs; "cidrmatch" 2 2; "coalesce" 1 any; "false" 0 0; "if" 3 3; "in" 2 any; "like" 2 2; "lookup" 3 3;
    "match" 2 2; "null" 0 0; "nullif" 2 2; "searchmatch" 1 1; "true" 0 0; "validate" 2 pairs;
    // Conversion
    "ipmask" 2 2; "object_to_array" 3 3; "printf" 1 any; "toarray" 1 1; "tobool" 1 1; "todouble" 1 1; "toint" 1 1;
    "tomv" 1 1; "tonumber" 1 2; "toobject" 1 1; "tostring" 1 2;
    // Cryptography
    "md5" 1 1; "sha1" 1 1; "sha256" 1 1; "sha512" 1 1;
    // Date and time
    "now" 0 0; "relative_time" 2 2; "strftime" 2 2; "strptime" 2 2; "time" 0 0;
    // Information
    "isarray" 1 1; "isbool" 1 1; "isdouble" 1 1; "isint" 1 1; "ismv" 1 1; "isnotnull" 1 1; "isnull" 1 1; "isnum" 1 1;
    "isobject" 1 1; "isstr" 1 1; "typeof" 1 1;
    // JSON
    "json_object" 0 pairs; "json" 1 1; "json_append" 3 any; "json_array" 0 any; "json_array_to_mv" 1 2;
    "json_delete" 2 any; "json_entries" 1 1; "json_extend" 3 any; "json_extract" 1 any; "json_extract_exact" 1 any;
    "json_has_key_exact" 2 2; "json_keys" 1 1; "json_set" 3 any; "json_set_exact" 3 any; "json_valid" 1 1;
    // Mathematics
    "abs" 1 1; "ceil" 1 1; "ceiling" 1 1; "exact" 1 1; "exp" 1 1; "floor" 1 1; "ln" 1 1; "log" 1 2; "pi" 0 0; "pow" 2 2;
    "round" 1 2; "sigfig" 1 1; "sqrt" 1 1;
    // Multivalue
    "commands" 1 1; "mvappend" 1 any; "mvcount" 1 1; "mvdedup" 1 1; "mvfilter" 1 1; "mvfind" 2 2; "mvindex" 2 3;
    "mvjoin" 2 2; "mvmap" 2 3; "mvrange" 2 3; "mvreverse" 1 1; "mvsort" 1 1; "mvzip" 2 3; "mv_to_json_array" 1 2; "split" 2 2;
    // Statistics
    "avg" 1 any; "max" 1 any; "min" 1 any; "random" 0 0; "sum" 1 any;
    // Text
    "len" 1 1; "lower" 1 1; "ltrim" 1 2; "replace" 3 3; "rtrim" 1 2; "spath" 2 2; "substr" 2 3; "trim" 1 2; "upper" 1 1;
    "urldecode" 1 1;
    // Trigonometry
    "acos" 1 1; "acosh" 1 1; "asin" 1 1; "asinh" 1 1; "atan" 1 1; "atan2" 2 2; "atanh" 1 1; "cos" 1 1; "cosh" 1 1;
    "hypot" 2 2; "sin" 1 1; "sinh" 1 1; "tan" 1 1; "tanh" 1 1;
}
