//! The aggregates of stats, eventstats and tstats, one file each, as aggregate functions of DataFusion.
//!
//! A new aggregate is a new file and a line in [`AGGREGATES`]. The examples of every aggregate are run by a test.
//! An aggregate keeps one state a group. What it must keep when a run spills to disk, or is split over machines,
//! are texts, so that every aggregate has the same state column.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::{Result, exec_datafusion_err};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::AggregateOrderSensitivity;
use datafusion::logical_expr::{Accumulator, AggregateUDF, AggregateUDFImpl, GroupsAccumulator, Signature, Volatility};

use crate::column::{Item, Kind};

mod accumulator;
mod all_numbers;
mod avg;
mod count;
mod dc;
mod earliest;
mod earliest_time;
mod estdc;
mod estdc_error;
mod exactperc;
mod first;
mod last;
mod latest;
mod latest_time;
mod list;
mod max;
mod median;
mod min;
mod mode;
mod moments_in_time;
mod numbers;
mod per_day;
mod per_hour;
mod per_minute;
mod per_second;
mod perc;
mod range;
mod rate;
mod stdev;
mod stdevp;
mod sum;
mod sumsq;
mod upperperc;
mod values;
mod var;
mod varp;

use accumulator::{Groups, Single};
pub(crate) use numbers::interpolated;

/// The aggregates, by name.
pub const AGGREGATES: &[Aggregate] = &[
    avg::AVG,
    count::COUNT,
    dc::DC,
    earliest::EARLIEST,
    earliest_time::EARLIEST_TIME,
    estdc::ESTDC,
    estdc_error::ESTDC_ERROR,
    exactperc::EXACTPERC,
    first::FIRST,
    last::LAST,
    latest::LATEST,
    latest_time::LATEST_TIME,
    list::LIST,
    max::MAX,
    median::MEDIAN,
    min::MIN,
    mode::MODE,
    per_day::PER_DAY,
    per_hour::PER_HOUR,
    per_minute::PER_MINUTE,
    per_second::PER_SECOND,
    perc::PERC,
    range::RANGE,
    rate::RATE,
    stdev::STDEV,
    stdevp::STDEVP,
    sum::SUM,
    sumsq::SUMSQ,
    upperperc::UPPERPERC,
    values::VALUES,
    var::VAR,
    varp::VARP,
];

/// What an aggregate keeps of a group.
pub(crate) trait State: Send + Sync + fmt::Debug {
    /// See a row's value; `time` is the row's `_time` in microseconds, for aggregates that ask for it.
    fn update(&mut self, item: &Item<'_>, time: Option<i64>);

    /// What was seen, as texts.
    fn save(&self) -> Vec<String>;

    /// See what another state of the same group saved. Called in the order of the rows.
    fn merge(&mut self, saved: &[&str]);

    /// The result.
    fn finish(&self) -> Finished;

    /// Bytes kept, roughly.
    fn size(&self) -> usize;
}

/// The result of an aggregate.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Finished {
    /// Nothing was seen.
    Null,
    /// A number.
    Number(f64),
    /// Text.
    Text(String),
    /// Several texts.
    Multi(Vec<String>),
}

/// An aggregate.
pub struct Aggregate {
    /// Its canonical name.
    pub name: &'static str,
    /// How it is called: `values(X)`.
    pub signature: &'static str,
    /// What it gives, in one line.
    pub summary: &'static str,
    /// Values of rows in order, one text each, and the result as printed.
    pub examples: &'static [(&'static [&'static str], &'static str)],
    /// True when it needs the row's `_time`.
    pub(crate) timed: bool,
    /// True when its result depends on the order of rows.
    pub(crate) ordered: bool,
    /// The kind of its result.
    pub(crate) kind: fn(Kind) -> Kind,
    /// A new state; the number in the name, if any.
    pub(crate) state: fn(f64) -> Box<dyn State>,
}

impl fmt::Debug for Aggregate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.signature)
    }
}

/// The seconds of the unit of time that an aggregate of `timechart` is for.
pub(crate) fn unit(name: &str) -> Option<f64> {
    match name {
        "per_second" => Some(1.0),
        "per_minute" => Some(60.0),
        "per_hour" => Some(3600.0),
        "per_day" => Some(86_400.0),
        _ => None,
    }
}

/// The aggregate of a canonical name.
pub(crate) fn find(name: &str) -> Option<&'static Aggregate> {
    AGGREGATES.iter().find(|aggregate| aggregate.name == name)
}

/// A state that has seen nothing. With `all_numbers`, an aggregate of numbers is null where a value is none.
pub(crate) fn state(aggregate: &'static Aggregate, parameter: f64, all_numbers: bool) -> Box<dyn State> {
    let state = (aggregate.state)(parameter);
    if all_numbers && all_numbers::concerns(aggregate.name) { all_numbers::guarded(state) } else { state }
}

/// An [`Aggregate`] as DataFusion sees it.
struct SplAggregate {
    aggregate: &'static Aggregate,
    parameter: f64,
    all_numbers: bool,
    signature: Signature,
}

/// The aggregate for a search's plan.
pub(crate) fn udaf(aggregate: &'static Aggregate, parameter: Option<f64>, all_numbers: bool) -> Arc<AggregateUDF> {
    let signature = Signature::variadic_any(Volatility::Immutable);
    let parameter = parameter.unwrap_or_default();
    Arc::new(AggregateUDF::new_from_impl(SplAggregate { aggregate, parameter, all_numbers, signature }))
}

impl SplAggregate {
    fn result_kind(&self, types: &[DataType]) -> Result<Kind> {
        let input = types.first().and_then(Kind::of);
        let input = input.ok_or_else(|| exec_datafusion_err!("{types:?} is no SPL value"))?;
        Ok((self.aggregate.kind)(input))
    }

    fn groups(&self, args: &AccumulatorArgs<'_>) -> Result<Groups> {
        let kind = Kind::of(args.return_field.data_type());
        let kind = kind.ok_or_else(|| exec_datafusion_err!("{} is no SPL value", args.return_field.data_type()))?;
        Ok(Groups::new(self.aggregate, self.parameter, self.all_numbers, kind))
    }
}

impl AggregateUDFImpl for SplAggregate {
    fn name(&self) -> &str {
        self.aggregate.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, types: &[DataType]) -> Result<DataType> {
        Ok(self.result_kind(types)?.data_type())
    }

    fn accumulator(&self, args: AccumulatorArgs<'_>) -> Result<Box<dyn Accumulator>> {
        Ok(Box::new(Single::new(self.groups(&args)?)))
    }

    fn state_fields(&self, args: StateFieldsArgs<'_>) -> Result<Vec<FieldRef>> {
        Ok(vec![Arc::new(Field::new(format!("{}[saved]", args.name), lake::types::multi(), true))])
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs<'_>) -> bool {
        true
    }

    fn create_groups_accumulator(&self, args: AccumulatorArgs<'_>) -> Result<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(self.groups(&args)?))
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        if self.aggregate.ordered {
            // The plan says which order: see `group::Planned::expr`.
            return AggregateOrderSensitivity::HardRequirement;
        }
        AggregateOrderSensitivity::Insensitive
    }
}

impl fmt::Debug for SplAggregate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.aggregate.name)
    }
}

impl PartialEq for SplAggregate {
    fn eq(&self, other: &Self) -> bool {
        self.aggregate.name == other.aggregate.name
            && self.parameter.to_bits() == other.parameter.to_bits()
            && self.all_numbers == other.all_numbers
    }
}

impl Eq for SplAggregate {}

impl Hash for SplAggregate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.aggregate.name.hash(state);
        self.parameter.to_bits().hash(state);
        self.all_numbers.hash(state);
    }
}
