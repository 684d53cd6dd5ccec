//! The functions of eval, one file each, as scalar functions of DataFusion.
//!
//! A new function is a new file and a line in [`FUNCTIONS`]. The examples of every function are run by a test.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Result, exec_datafusion_err};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, TypeSignature, Volatility,
};

use spl::time::TimeZone;

use crate::column::{Input, Item, Kind, Output};

mod abs;
mod acos;
mod acosh;
mod arithmetic;
mod asin;
mod asinh;
mod atan;
mod atan2;
mod atanh;
mod avg;
mod bit_and;
mod bit_not;
mod bit_or;
mod bit_shift_left;
mod bit_shift_right;
mod bit_xor;
mod bits;
mod case;
mod ceil;
mod ceiling;
mod cidrmatch;
mod coalesce;
mod comparison;
mod cos;
mod cosh;
mod exact;
mod exp;
mod false_;
mod floor;
pub(crate) mod form;
mod hypot;
mod if_;
mod in_;
mod ipmask;
mod isarray;
mod isbool;
mod isdouble;
mod isint;
mod ismv;
mod isnotnull;
mod isnull;
mod isnum;
mod isobject;
mod isstr;
mod json;
mod json_append;
mod json_array;
mod json_array_to_mv;
mod json_change;
mod json_delete;
mod json_entries;
mod json_extend;
mod json_extract;
mod json_extract_exact;
mod json_has_key_exact;
mod json_keys;
mod json_object;
mod json_read;
mod json_set;
mod json_set_exact;
mod json_valid;
mod lambda;
mod len;
mod length;
mod like;
mod ln;
mod log;
mod lower;
mod ltrim;
mod match_;
mod max;
mod md5;
mod min;
mod mv_to_json_array;
mod mvappend;
mod mvcount;
mod mvdedup;
mod mvfilter;
mod mvfind;
mod mvindex;
mod mvjoin;
mod mvmap;
mod mvrange;
mod mvreverse;
mod mvsort;
mod mvzip;
mod now;
mod null;
mod nullif;
mod numbers;
mod pi;
mod pow;
mod printf;
pub(crate) mod random;
mod registry;
mod relative_time;
mod replace;
mod round;
mod rtrim;
mod searchmatch;
mod sha1;
mod sha256;
mod sha512;
mod sigfig;
mod sin;
mod sinh;
mod spath;
mod split;
mod sqrt;
mod strftime;
mod strptime;
mod substr;
mod sum;
mod support;
mod tan;
mod tanh;
mod time;
mod toarray;
mod tobool;
mod todouble;
mod toint;
mod tomv;
mod tonumber;
mod toobject;
mod tostring;
mod trim;
mod true_;
mod typeof_;
mod upper;
mod urldecode;
mod validate;

pub(crate) use registry::find;
pub use registry::{FUNCTIONS, OPERATORS};

/// What a function may ask about the search that it runs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchContext {
    /// The time of the search, `now()`: microseconds since the epoch.
    pub now: i64,
    /// The zone of the search's user.
    pub zone: TimeZone,
}

/// A function of eval.
pub struct Function {
    /// Its name, lower case.
    pub name: &'static str,
    /// How it is called: `len(X)`.
    pub signature: &'static str,
    /// What it gives, in one line.
    pub summary: &'static str,
    /// Expressions and what they give, as printed; null is `null`.
    pub examples: &'static [(&'static str, &'static str)],
    /// The kind of its result.
    pub(crate) kind: fn(&[Kind]) -> Kind,
    /// The function.
    pub(crate) call: fn(&Call<'_>) -> Result<ArrayRef>,
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.signature)
    }
}

/// One call over a batch.
pub(crate) struct Call<'a> {
    /// The arguments.
    pub(crate) arguments: &'a [Input],
    /// Number of rows to give.
    pub(crate) rows: usize,
    /// The kind to give.
    pub(crate) kind: Kind,
    /// The search.
    pub(crate) context: &'a SearchContext,
    written: Written,
}

/// Which arguments are text written out in the search, a bit each, the first one lowest. Fields hold numbers as text; a literal
/// text is none, whatever it looks like.
pub(crate) type Written = u64;

impl Call<'_> {
    /// An argument that the function's arity promises.
    pub(crate) fn argument(&self, at: usize) -> Result<&Input> {
        self.arguments.get(at).ok_or_else(|| exec_datafusion_err!("argument {} is missing", at + 1))
    }

    /// Is the argument text that is written out in the search?
    pub(crate) fn written(&self, at: usize) -> bool {
        at < 64 && self.written >> at & 1 == 1
    }

    /// One value a row.
    pub(crate) fn each<'b>(&self, value: impl Fn(usize) -> Item<'b>) -> ArrayRef {
        let mut output = Output::new(self.kind, self.rows);
        (0..self.rows).for_each(|row| output.push(value(row)));
        output.finish()
    }
}

/// A [`Function`] as DataFusion sees it.
struct SplFunction {
    function: &'static Function,
    context: SearchContext,
    written: Written,
    signature: Signature,
}

/// The function for a search's plan.
pub(crate) fn udf(function: &'static Function, context: &SearchContext, written: Written) -> Arc<ScalarUDF> {
    // The planner passes arguments of the right kinds; there is nothing to coerce.
    let signature = Signature::one_of(vec![TypeSignature::Nullary, TypeSignature::VariadicAny], Volatility::Immutable);
    Arc::new(ScalarUDF::new_from_impl(SplFunction { function, context: context.clone(), written, signature }))
}

impl ScalarUDFImpl for SplFunction {
    fn name(&self) -> &str {
        self.function.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, types: &[DataType]) -> Result<DataType> {
        Ok((self.function.kind)(&kinds(types)?).data_type())
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let inputs: Result<Vec<Input>> = args.args.iter().map(input).collect();
        let inputs = inputs?;
        let constant = !inputs.is_empty() && inputs.iter().all(Input::is_constant);
        let kinds: Vec<Kind> = inputs.iter().map(Input::kind).collect();
        let rows = if constant { 1 } else { args.number_rows };
        let kind = (self.function.kind)(&kinds);
        let call = Call { arguments: &inputs, rows, kind, context: &self.context, written: self.written };
        let array = (self.function.call)(&call)?;
        if constant {
            return Ok(ColumnarValue::Scalar(datafusion::common::ScalarValue::try_from_array(&array, 0)?));
        }
        Ok(ColumnarValue::Array(array))
    }
}

fn input(value: &ColumnarValue) -> Result<Input> {
    match value {
        ColumnarValue::Array(array) => Input::new(array, false),
        ColumnarValue::Scalar(scalar) => Input::new(&scalar.to_array()?, true),
    }
}

fn kinds(types: &[DataType]) -> Result<Vec<Kind>> {
    let kind =
        |data_type: &DataType| Kind::of(data_type).ok_or_else(|| exec_datafusion_err!("{data_type} is no SPL value"));
    types.iter().map(kind).collect()
}

impl fmt::Debug for SplFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.function.name)
    }
}

impl PartialEq for SplFunction {
    fn eq(&self, other: &Self) -> bool {
        self.function.name == other.function.name && self.context == other.context && self.written == other.written
    }
}

impl Eq for SplFunction {}

impl Hash for SplFunction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.function.name.hash(state);
        self.context.now.hash(state);
    }
}
