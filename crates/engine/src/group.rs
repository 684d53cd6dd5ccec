//! What `stats`, `eventstats` and `tstats` share: inputs of aggregates, keys, aggregate expressions.

use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Column, Result, ScalarValue, plan_datafusion_err};
use datafusion::functions_aggregate::count::count_udaf;
use datafusion::functions_aggregate::min_max::{max_udaf, min_udaf};
use datafusion::logical_expr::{Expr, ExprFunctionExt, cast, lit, when};
use plan::{AggregateOver, Aggregation};

use crate::aggregate::{self, Aggregate};
use crate::column::{Kind, Output};
use crate::convert::micros;
use crate::frame::{Frame, Projected, null};
use crate::function::SearchContext;
use crate::{closure, expr, order, wildcard};

/// An aggregate ready to be planned: its input is a column of its own.
pub(crate) struct Planned {
    /// The result's name.
    pub(crate) output: String,
    function: &'static Aggregate,
    parameter: Option<f64>,
    /// The column it runs over and its kind; none for a bare `count`.
    input: Option<(String, Kind)>,
    /// `allnum=t`: an aggregate of numbers is null where a value is none.
    pub(crate) all_numbers: bool,
}

/// The aggregates with wildcards expanded, and the columns that hold their inputs. `keys` are not among what `*` means.
pub(crate) fn plan_all(
    frame: &Frame,
    context: &SearchContext,
    aggregations: &[Aggregation],
    keys: &[String],
) -> Result<(Vec<Planned>, Vec<Projected>)> {
    let mut planned: Vec<Planned> = Vec::new();
    let mut inputs: Vec<Projected> = Vec::new();
    for aggregation in aggregations {
        for (output, input) in inputs_of(frame, context, aggregation, keys)? {
            let function = aggregate::find(&aggregation.function)
                .ok_or_else(|| plan_datafusion_err!("unknown aggregate `{}`", aggregation.function))?;
            let input = input.map(|(expr, kind)| {
                let name = format!("~{}", inputs.len());
                let (expr, kind) =
                    if kind == Kind::Null { (lit(ScalarValue::Utf8(None)), Kind::Text) } else { (expr, kind) };
                inputs.push((name.clone(), expr, kind));
                (name, kind)
            });
            // Of two results with one name, the one that is named and no wildcard's stays, else the later one.
            let of_wildcard = matches!(aggregation.over, AggregateOver::Wildcard(_));
            if of_wildcard && aggregations.iter().any(|other| other.output == output) {
                continue;
            }
            planned.retain(|before| before.output != output);
            planned.push(Planned { output, function, parameter: aggregation.parameter, input, all_numbers: false });
        }
    }
    if planned.iter().any(|aggregate| aggregate.function.timed) {
        inputs.push(("~time".to_owned(), time_column(frame), Kind::Time));
    }
    Ok((planned, inputs))
}

type Input = Option<(Expr, Kind)>;

fn inputs_of(
    frame: &Frame,
    context: &SearchContext,
    aggregation: &Aggregation,
    keys: &[String],
) -> Result<Vec<(String, Input)>> {
    let output = aggregation.output.clone();
    Ok(match &aggregation.over {
        AggregateOver::Rows => vec![(output, None)],
        AggregateOver::Field(field) => {
            vec![(output, Some((frame.column(field), frame.kind(field).unwrap_or(Kind::Null))))]
        }
        AggregateOver::Missing => vec![(output, Some((null(), Kind::Null)))],
        AggregateOver::Eval(expr) => {
            let (expr, kind) = expr::lower(frame, context, expr)?;
            // A condition counts where it holds.
            let (expr, kind) =
                if kind == Kind::Bool { (when(expr, lit(1.0)).end()?, Kind::Number) } else { (expr, kind) };
            vec![(output, Some((expr, kind)))]
        }
        AggregateOver::Wildcard(pattern) => {
            let names = wildcard::matching(frame, pattern).into_iter().filter(|name| !keys.contains(name));
            let each = names.filter_map(|name| {
                let output = wildcard::fill(&output, &wildcard::capture(pattern, &name)?);
                Some((output, Some((frame.column(&name), frame.kind(&name)?))))
            });
            each.collect()
        }
    })
}

/// `_time` as a timestamp, also after eval made it a number.
fn time_column(frame: &Frame) -> Expr {
    match frame.kind("_time") {
        Some(Kind::Time) => frame.column("_time"),
        None => lit(ScalarValue::TimestampMicrosecond(None, Some("UTC".into()))),
        Some(_) => as_time(frame.column("_time")),
    }
}

/// Epoch seconds as a timestamp.
pub(crate) fn as_time(column: Expr) -> Expr {
    closure::call("to_time", String::new(), Kind::Time, column, |input, rows| {
        let times = (0..rows).map(|row| input.number(row).and_then(micros));
        let times: datafusion::arrow::array::TimestampMicrosecondArray = times.collect();
        Ok(std::sync::Arc::new(times.with_timezone("UTC")))
    })
}

impl Planned {
    /// The column that it runs over; none for a bare `count`.
    pub(crate) fn input(&self) -> Option<&str> {
        self.input.as_ref().map(|(name, _)| name.as_str())
    }

    /// A state that has seen nothing, for commands that keep states themselves.
    pub(crate) fn state(&self) -> Box<dyn aggregate::State> {
        aggregate::state(self.function, self.parameter.unwrap_or_default(), self.all_numbers)
    }

    /// The seconds of the unit of time that it is for: see [`aggregate::unit`].
    pub(crate) fn unit(&self) -> Option<f64> {
        aggregate::unit(self.function.name)
    }

    /// The kind of the result.
    pub(crate) fn kind(&self) -> Kind {
        match (&self.input, self.function.name) {
            (None, _) | (_, "count") => Kind::Number,
            (Some((_, Kind::Time)), "min" | "max") => Kind::Time,
            (Some((_, kind)), _) => (self.function.kind)(*kind),
        }
    }

    /// The aggregate expression; [`Planned::result`] makes a value of what it gives.
    pub(crate) fn expr(&self) -> Result<Expr> {
        let column = |name: &str| Expr::Column(Column::from_name(name));
        // DataFusion's own aggregates where they mean the same: they are faster.
        let call = match (&self.input, self.function.name) {
            (None, _) => count_udaf().call(vec![lit(1_i64)]),
            (Some((name, Kind::Text | Kind::Number | Kind::Time)), "count") => count_udaf().call(vec![column(name)]),
            (Some((name, Kind::Time)), "min") => min_udaf().call(vec![column(name)]),
            (Some((name, Kind::Time)), "max") => max_udaf().call(vec![column(name)]),
            (Some((name, _)), _) => {
                let mut arguments = vec![column(name)];
                if self.function.timed {
                    arguments.push(column("~time"));
                }
                let call = aggregate::udaf(self.function, self.parameter, self.all_numbers).call(arguments);
                return if self.function.ordered {
                    call.order_by(vec![order::order().sort(true, false)]).build()
                } else {
                    Ok(call)
                };
            }
        };
        Ok(call)
    }

    /// True when its result depends on the order of rows: then they must be numbered.
    pub(crate) fn is_ordered(&self) -> bool {
        self.function.ordered
    }

    /// The result as a value of SPL: counts are numbers like all others.
    pub(crate) fn result(&self, made: Expr) -> Expr {
        let native_count = match (&self.input, self.function.name) {
            (None, _) => true,
            (Some((_, kind)), "count") => matches!(kind, Kind::Text | Kind::Number | Kind::Time),
            _ => false,
        };
        if native_count { cast(made, DataType::Float64) } else { made }
    }
}

/// The column `key` of a frame with one row for each of its values. Null stays one row.
pub(crate) fn one_row_a_value(frame: Frame, key: &str) -> Result<Frame> {
    if frame.kind(key) != Some(Kind::Multi) {
        return Ok(frame);
    }
    let columns =
        frame.columns().iter().map(|(name, kind)| (name.clone(), if name == key { Kind::Text } else { *kind }));
    let columns = columns.collect();
    frame.become_with(columns, |plan| plan.unnest_column(Column::from_name(key)))
}

/// Group rows by key columns, which must exist and be one value a row, and sort the groups by them: times by time, all else as
/// text, numbers included. The manual gives no order; so it does not depend on what made the number, a log or `eval`.
pub(crate) fn grouped(frame: Frame, keys: &[String], planned: &[Planned]) -> Result<Frame> {
    let mut columns: Vec<(String, Kind)> =
        keys.iter().map(|key| (key.clone(), frame.kind(key).unwrap_or(Kind::Text))).collect();
    let key_exprs: Vec<Expr> = keys.iter().map(|key| Expr::Column(Column::from_name(key))).collect();
    let made: Vec<String> = (0..planned.len()).map(|at| format!("~made{at}")).collect();
    let aggregates: Result<Vec<Expr>> =
        planned.iter().zip(&made).map(|(aggregate, name)| Ok(aggregate.expr()?.alias(name))).collect();
    let aggregates = aggregates?;
    let sorted: Vec<_> = keys.iter().map(|key| sort_key(&frame, key).sort(true, false)).collect();
    columns.extend(planned.iter().zip(&made).map(|(aggregate, name)| (name.clone(), aggregate.kind())));
    let frame = frame.aggregate(columns, key_exprs, aggregates)?;
    let frame = if sorted.is_empty() { frame } else { frame.sort(sorted, None)? };
    // A result takes the place of a key of its name.
    let mut projected: Vec<Projected> = Vec::new();
    for key in keys.iter().filter(|key| !planned.iter().any(|aggregate| aggregate.output == **key)) {
        projected.push((key.clone(), frame.column(key), frame.kind(key).unwrap_or(Kind::Text)));
    }
    for (aggregate, name) in planned.iter().zip(&made) {
        projected.push((aggregate.output.clone(), aggregate.result(frame.column(name)), aggregate.kind()));
    }
    frame.project(projected)
}

fn sort_key(frame: &Frame, key: &str) -> Expr {
    let column = Expr::Column(Column::from_name(key));
    if frame.kind(key) != Some(Kind::Number) {
        return column;
    }
    closure::call("key_text", String::new(), Kind::Text, column, |input, rows| {
        let mut output = Output::new(Kind::Text, rows);
        (0..rows).for_each(|row| output.push(input.item(row)));
        Ok(output.finish())
    })
}

/// A bucket of time: the start of the span that a time lies in.
pub(crate) fn bucket(column: Expr, span: &str, context: &SearchContext) -> Result<Expr> {
    let parsed = spl::time::TimeSpan::parse(span.trim_matches('"'));
    let parsed = parsed.ok_or_else(|| plan_datafusion_err!("`{span}` is no span of time"))?;
    let zone = context.zone.clone();
    Ok(closure::call("bucket", format!("{parsed:?}"), Kind::Time, column, move |input, rows| {
        let start = |row| input.number(row).and_then(micros).and_then(|time| parsed.bucket(time, &zone));
        let times: datafusion::arrow::array::TimestampMicrosecondArray = (0..rows).map(start).collect();
        Ok(std::sync::Arc::new(times.with_timezone("UTC")))
    }))
}
