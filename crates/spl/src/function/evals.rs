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
    /// How many of the first arguments stand alone where the others come in pairs; `None` where none do.
    pub pairs_after: Option<usize>,
    /// What it gives.
    pub gives: Gives,
}

/// What kind of value an eval function gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// True or false, which is no value of a field.
    Truth,
    /// A number.
    Number,
    /// Text.
    Text,
    /// Several values.
    Values,
    /// One of its arguments, or what a field's value happens to be.
    Any,
}

impl Eval {
    /// May it be called with this many arguments?
    pub fn takes(&self, count: usize) -> bool {
        count >= self.min
            && self.max.is_none_or(|max| count <= max)
            && self.pairs_after.is_none_or(|alone| count >= alone && (count - alone).is_multiple_of(2))
    }
}

macro_rules! evals {
    ($($gives:ident: $($name:literal $min:literal $max:tt),* $(,)?;)*) => {
        /// Every eval function (manual: "Evaluation functions").
        pub const EVALS: &[Eval] = &[$($(evals!(@one $gives $name $min $max),)*)*];
    };
    (@one $gives:ident $name:literal $min:literal any) => { evals!(@new $gives $name $min None, None) };
    (@one $gives:ident $name:literal $min:literal pairs) => { evals!(@new $gives $name $min None, Some(0)) };
    (@one $gives:ident $name:literal $min:literal then_pairs) => { evals!(@new $gives $name $min None, Some(1)) };
    (@one $gives:ident $name:literal $min:literal $max:literal) => { evals!(@new $gives $name $min Some($max), None) };
    (@new $gives:ident $name:literal $min:literal $max:expr, $pairs:expr) => {
        Eval { name: $name, min: $min, max: $max, pairs_after: $pairs, gives: Gives::$gives }
    };
}

// A name, the fewest arguments and the most; `any` is any number, `pairs` pairs, `then_pairs` one and then pairs.
evals! {
    // Bitwise
    Number: "bit_and" 2 any, "bit_or" 2 any, "bit_not" 1 2, "bit_xor" 2 any, "bit_shift_left" 2 2, "bit_shift_right" 2 2;
    // Comparison and conditions
    Truth: "cidrmatch" 2 2, "false" 0 0, "in" 2 any, "like" 2 2, "match" 2 2, "searchmatch" 1 1, "true" 0 0;
    Any: "case" 2 pairs, "coalesce" 1 any, "if" 3 3, "null" 0 0, "nullif" 2 2, "validate" 2 pairs;
    Text: "lookup" 3 3;
    // Conversion
    Text: "ipmask" 2 2, "object_to_array" 3 3, "printf" 1 any, "toarray" 1 1, "toobject" 1 1, "tostring" 1 2;
    Truth: "tobool" 1 1;
    Number: "todouble" 1 2, "toint" 1 2, "tonumber" 1 2;
    Values: "tomv" 1 1;
    // Cryptography
    Text: "md5" 1 1, "sha1" 1 1, "sha256" 1 1, "sha512" 1 1;
    // Date and time
    Number: "now" 0 0, "relative_time" 2 2, "strptime" 2 2, "time" 0 0;
    Text: "strftime" 2 2;
    // Information
    Truth: "isarray" 1 1, "isbool" 1 1, "isdouble" 1 1, "isint" 1 1, "ismv" 1 1, "isnotnull" 1 1, "isnull" 1 1,
        "isnum" 1 1, "isobject" 1 1, "isstr" 1 1;
    Text: "typeof" 1 1;
    // JSON
    Text: "json_object" 0 pairs, "json" 1 1, "json_append" 3 then_pairs, "json_array" 0 any, "json_delete" 2 any,
        "json_entries" 1 1, "json_extend" 3 then_pairs, "json_keys" 1 1, "json_set" 3 then_pairs,
        "json_set_exact" 3 then_pairs;
    Values: "json_array_to_mv" 1 2;
    Any: "json_extract" 1 any, "json_extract_exact" 1 any;
    Truth: "json_has_key_exact" 2 2, "json_valid" 1 1;
    // Mathematics
    Number: "abs" 1 1, "ceil" 1 1, "ceiling" 1 1, "exact" 1 1, "exp" 1 1, "floor" 1 1, "ln" 1 1, "log" 1 2, "pi" 0 0,
        "pow" 2 2, "round" 1 2, "sigfig" 1 1, "sqrt" 1 1;
    // Multivalue
    Values: "commands" 1 1, "mvappend" 1 any, "mvdedup" 1 1, "mvfilter" 1 1, "mvmap" 2 2, "mvrange" 2 3, "mvreverse" 1 1,
        "mvsort" 1 1, "mvzip" 2 3, "split" 2 2;
    Any: "mvindex" 2 3;
    Number: "mvcount" 1 1, "mvfind" 2 2;
    Text: "mvjoin" 2 2, "mv_to_json_array" 1 2;
    // Statistics
    Number: "avg" 1 any, "random" 0 0, "sum" 1 any;
    Any: "max" 1 any, "min" 1 any;
    // Text
    Number: "len" 1 1, "length" 1 1;
    Text: "lower" 1 1, "ltrim" 1 2, "replace" 3 3, "rtrim" 1 2, "substr" 2 3, "trim" 1 2, "upper" 1 1, "urldecode" 1 1;
    Any: "spath" 2 2;
    // Trigonometry
    Number: "acos" 1 1, "acosh" 1 1, "asin" 1 1, "asinh" 1 1, "atan" 1 1, "atan2" 2 2, "atanh" 1 1, "cos" 1 1, "cosh" 1 1,
        "hypot" 2 2, "sin" 1 1, "sinh" 1 1, "tan" 1 1, "tanh" 1 1;
}
