//! An expression computed once for each value of a field: all rows' values of a batch are one column, over which the expression
//! runs as any other, and what it gives is folded back.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions, StringBuilder, UInt64Builder};
use datafusion::arrow::compute::take;
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::common::{Column, DFSchema, Result, exec_datafusion_err};
use datafusion::execution::context::ExecutionProps;
use datafusion::logical_expr::physical_planning_context::PhysicalPlanningContext;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use datafusion::physical_expr::{PhysicalExpr, create_physical_expr};

use crate::column::{Input, Kind, Output};
use crate::expr::Typed;
use crate::frame::Frame;

/// What becomes of a value and what the expression gives for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fold {
    /// Keep the values for which it is true.
    Filter,
    /// Put what it gives in the value's place.
    Map,
}

/// The frame as the expression sees it: `field` is one value.
pub(super) fn inner(frame: &Frame, field: &str) -> Result<Frame> {
    let mut columns = frame.columns().to_vec();
    match columns.iter_mut().find(|(name, _)| name == field) {
        Some(column) => column.1 = Kind::Text,
        None => columns.push((field.to_owned(), Kind::Text)),
    }
    frame.clone().become_with(columns, Ok)
}

/// `body`, an expression over [`inner`], for each value of `list`.
pub(super) fn over(frame: &Frame, field: &str, list: Expr, body: &Expr, fold: Fold) -> Result<Typed> {
    let frame = inner(frame, field)?;
    let used = body.column_refs();
    let others: Vec<&(String, Kind)> =
        frame.columns().iter().filter(|(name, _)| name != field && used.contains(&Column::from_name(name))).collect();
    let mut fields = vec![Field::new(field, Kind::Text.data_type(), true)];
    fields.extend(others.iter().map(|(name, kind)| Field::new(name, kind.data_type(), true)));
    let schema = Arc::new(Schema::new(fields));
    let compiled = create_physical_expr(
        body,
        &DFSchema::try_from(schema.as_ref().clone())?,
        &ExecutionProps::new(),
        &PhysicalPlanningContext::default(),
    )?;
    let mut arguments = vec![list];
    arguments.extend(others.iter().map(|(name, _)| frame.column(name)));
    let lambda = Lambda {
        key: format!("{field}: {body}"),
        fold,
        schema,
        body: compiled,
        signature: Signature::any(arguments.len(), Volatility::Immutable),
    };
    Ok((Arc::new(ScalarUDF::new_from_impl(lambda)).call(arguments), Kind::Multi))
}

struct Lambda {
    /// Two lambdas of one key and fold do the same.
    key: String,
    fold: Fold,
    /// One value of the field, then the other columns.
    schema: SchemaRef,
    body: Arc<dyn PhysicalExpr>,
    signature: Signature,
}

impl ScalarUDFImpl for Lambda {
    fn name(&self) -> &str {
        match self.fold {
            Fold::Filter => "mvfilter",
            Fold::Map => "mvmap",
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(Kind::Multi.data_type())
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let rows = args.number_rows;
        let arrays: Result<Vec<ArrayRef>> = args.args.iter().map(|argument| argument.to_array(rows)).collect();
        let arrays = arrays?;
        let (list, others) = arrays.split_first().ok_or_else(|| exec_datafusion_err!("a lambda over nothing"))?;
        let list = Input::new(list, false)?;
        let mut values = StringBuilder::new();
        let mut places = UInt64Builder::new();
        for row in 0..rows {
            for value in list.values(row) {
                values.append_value(value);
                places.append_value(row as u64);
            }
        }
        let (values, places) = (values.finish(), places.finish());
        let mut columns: Vec<ArrayRef> = vec![Arc::new(values)];
        for other in others {
            columns.push(take(other, &places, None)?);
        }
        let options = RecordBatchOptions::new().with_row_count(Some(places.len()));
        let batch = RecordBatch::try_new_with_options(Arc::clone(&self.schema), columns, &options)?;
        let given = Input::new(&self.body.evaluate(&batch)?.into_array(places.len())?, false)?;
        Ok(ColumnarValue::Array(self.folded(&list, &given, rows)))
    }
}

impl Lambda {
    fn folded(&self, list: &Input, given: &Input, rows: usize) -> ArrayRef {
        let mut output = Output::new(Kind::Multi, rows);
        let mut at = 0;
        for row in 0..rows {
            let mut kept = Vec::new();
            for value in list.values(row) {
                match self.fold {
                    Fold::Filter if given.truth(at) == Some(true) => kept.push(value),
                    Fold::Filter => (),
                    // Null gives no value.
                    Fold::Map => kept.extend(given.values(at)),
                }
                at += 1;
            }
            output.push_values(&kept);
        }
        output.finish()
    }
}

impl fmt::Debug for Lambda {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}[{}]", self.fold, self.key)
    }
}

impl PartialEq for Lambda {
    fn eq(&self, other: &Self) -> bool {
        self.fold == other.fold && self.key == other.key && self.schema == other.schema
    }
}

impl Eq for Lambda {}

impl Hash for Lambda {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}
