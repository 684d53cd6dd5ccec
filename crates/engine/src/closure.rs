//! Scalar functions that a search's plan makes for itself: search terms, buckets, conversions.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Result, exec_datafusion_err};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};

use crate::column::{Input, Kind};

type Function = dyn Fn(&Input, usize) -> Result<ArrayRef> + Send + Sync;

/// A function of one column with what it needs to know inside.
struct Closure {
    name: &'static str,
    /// Two closures of one name and key do the same.
    key: String,
    kind: Kind,
    function: Box<Function>,
    signature: Signature,
}

/// `name(column)`, computed by `function` from the column and the number of rows.
pub(crate) fn call(
    name: &'static str,
    key: String,
    kind: Kind,
    column: Expr,
    function: impl Fn(&Input, usize) -> Result<ArrayRef> + Send + Sync + 'static,
) -> Expr {
    let signature = Signature::any(1, Volatility::Immutable);
    let closure = Closure { name, key, kind, function: Box::new(function), signature };
    Arc::new(ScalarUDF::new_from_impl(closure)).call(vec![column])
}

impl ScalarUDFImpl for Closure {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.kind.data_type())
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let argument = args.args.first().ok_or_else(|| exec_datafusion_err!("`{}` has no argument", self.name))?;
        let array = argument.to_array(args.number_rows)?;
        Ok(ColumnarValue::Array((self.function)(&Input::new(&array, false)?, args.number_rows)?))
    }
}

impl fmt::Debug for Closure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]", self.name, self.key)
    }
}

impl PartialEq for Closure {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.key == other.key && self.kind == other.kind
    }
}

impl Eq for Closure {}

impl Hash for Closure {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
        self.key.hash(state);
    }
}
