//! A logical plan under construction, with the columns that it gives.

use std::sync::Arc;

use datafusion::arrow::array::ArrayRef;
use datafusion::common::{Column, Result, ScalarValue};
use datafusion::functions::core::expr_fn::get_field;
use datafusion::logical_expr::expr::Sort;
use datafusion::logical_expr::logical_plan::{self, Aggregate, Filter, Projection};
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, lit};

use crate::closure;
use crate::column::{Input, Kind};

/// A column to be projected: its name, what it is, its kind.
pub(crate) type Projected = (String, Expr, Kind);

/// The plan of the stages so far. Columns are addressed by name alone: names are unique.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    plan: LogicalPlanBuilder,
    columns: Vec<(String, Kind)>,
    /// No column has the name of a table before its own. Then nothing has to be resolved, for which DataFusion's builder goes
    /// over the whole plan at every step.
    is_bare: bool,
}

impl Frame {
    /// A frame over a plan whose columns are these.
    pub(crate) fn new(plan: LogicalPlanBuilder, columns: Vec<(String, Kind)>) -> Self {
        Self { plan, columns, is_bare: false }
    }

    /// The columns, in order.
    pub(crate) fn columns(&self) -> &[(String, Kind)] {
        &self.columns
    }

    /// The kind of a column, if there is one of that name.
    pub(crate) fn kind(&self, name: &str) -> Option<Kind> {
        self.columns.iter().find(|(column, _)| column == name).map(|(_, kind)| *kind)
    }

    /// A column as an expression; a column that does not exist is null.
    pub(crate) fn column(&self, name: &str) -> Expr {
        match self.kind(name) {
            Some(_) => Expr::Column(Column::from_name(name)),
            None => null(),
        }
    }

    /// Every column as it is.
    pub(crate) fn all(&self) -> Vec<Projected> {
        self.columns.iter().map(|(name, kind)| (name.clone(), self.column(name), *kind)).collect()
    }

    /// These columns only.
    pub(crate) fn project(self, columns: Vec<Projected>) -> Result<Self> {
        let mut exprs = Vec::with_capacity(columns.len());
        let mut kinds = Vec::with_capacity(columns.len());
        for (name, expr, kind) in columns {
            // A column of nothing but nulls is a text column to whatever comes after.
            let (expr, kind) =
                if kind == Kind::Null { (lit(ScalarValue::Utf8(None)), Kind::Text) } else { (expr, kind) };
            let same = matches!(&expr, Expr::Column(column) if column.relation.is_none() && column.name == name);
            exprs.push(if same && self.is_bare { expr } else { expr.alias(&name) });
            kinds.push((name, kind));
        }
        Ok(Self { plan: projected(self.plan, exprs, self.is_bare)?, columns: kinds, is_bare: true })
    }

    /// With a column set: in its place when there is one of that name, else at the end.
    pub(crate) fn with(self, name: &str, expr: Expr, kind: Kind) -> Result<Self> {
        let mut columns = self.all();
        match columns.iter_mut().find(|(column, ..)| column == name) {
            Some(column) => (column.1, column.2) = (expr, kind),
            None => columns.push((name.to_owned(), expr, kind)),
        }
        self.project(columns)
    }

    /// With columns computed together from others, a batch at a time: `function` gives one array for each of `outputs`, in the
    /// kind that it has there. Inputs that do not exist are null. `name` and `key` say what the function does.
    #[expect(clippy::too_many_arguments, reason = "the name and the key are what plans show of the function")]
    pub(crate) fn extend(
        self,
        name: &'static str,
        key: String,
        inputs: &[String],
        outputs: &[(String, Kind)],
        function: impl Fn(&[Input], usize) -> Result<Vec<ArrayRef>> + Send + Sync + 'static,
    ) -> Result<Self> {
        const MADE: &str = "~made";
        let kinds: Vec<Kind> = outputs.iter().map(|(_, kind)| *kind).collect();
        let arguments = inputs.iter().map(|input| self.column(input)).collect();
        let made = closure::call_many(name, key, &kinds, arguments, function);
        let before = self.all();
        let mut exprs: Vec<Expr> = before.iter().map(|(_, expr, _)| expr.clone()).collect();
        exprs.push(made.alias(MADE));
        let frame = Self { plan: projected(self.plan, exprs, self.is_bare)?, ..self };
        let mut columns = before;
        for (at, (output, kind)) in outputs.iter().enumerate() {
            let part = get_field(Expr::Column(Column::from_name(MADE)), at.to_string());
            match columns.iter_mut().find(|(column, ..)| column == output) {
                Some(column) => (column.1, column.2) = (part, *kind),
                None => columns.push((output.clone(), part, *kind)),
            }
        }
        frame.project(columns)
    }

    /// Rows for which the condition holds.
    pub(crate) fn filter(self, condition: Expr) -> Result<Self> {
        let plan = if self.is_bare {
            LogicalPlan::Filter(Filter::try_new(condition, Arc::new(self.plan.build()?))?).into()
        } else {
            self.plan.filter(condition)?
        };
        Ok(Self { plan, ..self })
    }

    /// Rows in order; of these the first `most`.
    pub(crate) fn sort(self, by: Vec<Sort>, most: Option<usize>) -> Result<Self> {
        let plan = if self.is_bare {
            let input = Arc::new(self.plan.build()?);
            LogicalPlan::Sort(logical_plan::Sort { expr: by, input, fetch: most }).into()
        } else {
            self.plan.sort_with_limit(by, most)?
        };
        Ok(Self { plan, ..self })
    }

    /// A row for each group, with new columns.
    pub(crate) fn aggregate(self, columns: Vec<(String, Kind)>, by: Vec<Expr>, aggregates: Vec<Expr>) -> Result<Self> {
        let plan = if self.is_bare {
            let input = Arc::new(self.plan.build()?);
            LogicalPlan::Aggregate(Aggregate::try_new(input, by, aggregates)?).into()
        } else {
            self.plan.aggregate(by, aggregates)?
        };
        Ok(Self { plan, columns, ..self })
    }

    /// The plan changed by a step that leaves the columns.
    pub(crate) fn step(self, step: impl FnOnce(LogicalPlanBuilder) -> Result<LogicalPlanBuilder>) -> Result<Self> {
        Ok(Self { plan: step(self.plan)?, ..self })
    }

    /// The plan changed by a step, with new columns.
    pub(crate) fn become_with(
        self,
        columns: Vec<(String, Kind)>,
        step: impl FnOnce(LogicalPlanBuilder) -> Result<LogicalPlanBuilder>,
    ) -> Result<Self> {
        Ok(Self { plan: step(self.plan)?, columns, ..self })
    }

    /// The finished plan.
    pub(crate) fn build(self) -> Result<LogicalPlan> {
        self.plan.build()
    }
}

fn projected(plan: LogicalPlanBuilder, exprs: Vec<Expr>, is_bare: bool) -> Result<LogicalPlanBuilder> {
    if is_bare {
        return Ok(LogicalPlan::Projection(Projection::try_new(exprs, Arc::new(plan.build()?))?).into());
    }
    plan.project(exprs)
}

/// No value, of no kind yet.
pub(crate) fn null() -> Expr {
    lit(ScalarValue::Null)
}
