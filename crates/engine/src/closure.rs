//! Scalar functions that a search's plan makes for itself: search terms, buckets, conversions.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, StructArray};
use datafusion::arrow::datatypes::{DataType, Field, Fields};
use datafusion::common::{Result, exec_datafusion_err};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};

use crate::column::{Input, Kind};

type Function = dyn Fn(&[Input], usize) -> Result<ArrayRef> + Send + Sync;

/// A function of columns with what it needs to know inside.
struct Closure {
    name: &'static str,
    /// Two closures of one name and key do the same.
    key: String,
    data_type: DataType,
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
    let of_one = move |inputs: &[Input], rows: usize| {
        function(inputs.first().ok_or_else(|| exec_datafusion_err!("`{name}` has no argument"))?, rows)
    };
    make(name, key, kind.data_type(), vec![column], Box::new(of_one))
}

/// `name(columns)`, computed by `function` from several columns and the number of rows.
pub(crate) fn call_over(
    name: &'static str,
    key: String,
    kind: Kind,
    columns: Vec<Expr>,
    function: impl Fn(&[Input], usize) -> Result<ArrayRef> + Send + Sync + 'static,
) -> Expr {
    make(name, key, kind.data_type(), columns, Box::new(function))
}

/// `name(columns)`, several columns computed at once: the fields of a struct, named `0`, `1` and so on.
pub(crate) fn call_many(
    name: &'static str,
    key: String,
    kinds: &[Kind],
    columns: Vec<Expr>,
    function: impl Fn(&[Input], usize) -> Result<Vec<ArrayRef>> + Send + Sync + 'static,
) -> Expr {
    let fields = kinds.iter().enumerate().map(|(at, kind)| Field::new(at.to_string(), kind.data_type(), true));
    let fields: Fields = fields.collect();
    let data_type = DataType::Struct(fields.clone());
    let as_struct = move |inputs: &[Input], rows: usize| {
        let made = function(inputs, rows)?;
        Ok(Arc::new(StructArray::try_new(fields.clone(), made, None)?) as ArrayRef)
    };
    make(name, key, data_type, columns, Box::new(as_struct))
}

fn make(name: &'static str, key: String, data_type: DataType, columns: Vec<Expr>, function: Box<Function>) -> Expr {
    let signature = match columns.len() {
        0 => Signature::nullary(Volatility::Immutable),
        columns => Signature::any(columns, Volatility::Immutable),
    };
    let closure = Closure { name, key, data_type, function, signature };
    Arc::new(ScalarUDF::new_from_impl(closure)).call(columns)
}

impl ScalarUDFImpl for Closure {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.data_type.clone())
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let inputs: Result<Vec<Input>> =
            args.args.iter().map(|argument| Input::new(&argument.to_array(args.number_rows)?, false)).collect();
        Ok(ColumnarValue::Array((self.function)(&inputs?, args.number_rows)?))
    }
}

impl fmt::Debug for Closure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]", self.name, self.key)
    }
}

impl PartialEq for Closure {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.key == other.key && self.data_type == other.data_type
    }
}

impl Eq for Closure {}

impl Hash for Closure {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
        self.key.hash(state);
    }
}
