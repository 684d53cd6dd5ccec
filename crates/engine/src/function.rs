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
mod arithmetic;
mod case;
mod ceil;
mod ceiling;
mod cidrmatch;
mod coalesce;
mod comparison;
mod exp;
mod false_;
mod floor;
mod if_;
mod in_;
mod isnotnull;
mod isnull;
mod len;
mod like;
mod ln;
mod log;
mod lower;
mod ltrim;
mod match_;
mod max;
mod md5;
mod min;
mod mvappend;
mod mvcount;
mod mvdedup;
mod mvfind;
mod mvindex;
mod mvjoin;
mod mvzip;
mod now;
mod null;
mod nullif;
mod pow;
mod registry;
mod relative_time;
mod replace;
mod round;
mod rtrim;
mod sha1;
mod sha256;
mod split;
mod sqrt;
mod strftime;
mod strptime;
mod substr;
mod support;
mod time;
mod tonumber;
mod tostring;
mod trim;
mod true_;
mod typeof_;
mod upper;
mod urldecode;

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
}

impl Call<'_> {
    /// An argument that the function's arity promises.
    pub(crate) fn argument(&self, at: usize) -> Result<&Input> {
        self.arguments.get(at).ok_or_else(|| exec_datafusion_err!("argument {} is missing", at + 1))
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
    signature: Signature,
}

/// The function for a search's plan.
pub(crate) fn udf(function: &'static Function, context: &SearchContext) -> Arc<ScalarUDF> {
    // The planner passes arguments of the right kinds; there is nothing to coerce.
    let signature = Signature::one_of(vec![TypeSignature::Nullary, TypeSignature::VariadicAny], Volatility::Immutable);
    Arc::new(ScalarUDF::new_from_impl(SplFunction { function, context: context.clone(), signature }))
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
        let call = Call { arguments: &inputs, rows, kind: (self.function.kind)(&kinds), context: &self.context };
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
        self.function.name == other.function.name && self.context == other.context
    }
}

impl Eq for SplFunction {}

impl Hash for SplFunction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.function.name.hash(state);
        self.context.now.hash(state);
    }
}
