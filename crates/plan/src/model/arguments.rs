//! The resolved arguments of commands that have many.

use std::collections::BTreeSet;

use cim::Dataset;
use spl::ast::{Expr, SortKey};

use super::{Aggregation, GroupBy, Plan, Predicate};

/// How values are put into buckets: `bin`, and the fields of `chart`, `timechart` and `makecontinuous`.
#[derive(Debug, Clone, PartialEq)]
pub struct Buckets {
    /// The span as written. Without it the values' range and [`Self::bins`] decide.
    pub span: Option<String>,
    /// Most buckets.
    pub bins: u64,
    /// The smallest span, as written.
    pub min_span: Option<String>,
    /// The range of numbers reaches down to this at least.
    pub start: Option<f64>,
    /// The range of numbers reaches up to this at least.
    pub end: Option<f64>,
    /// `aligntime=` as written: where buckets of time count from.
    pub align: Option<String>,
}

impl Default for Buckets {
    fn default() -> Self {
        Self { span: None, bins: 100, min_span: None, start: None, end: None, align: None }
    }
}

/// `stats` some of whose results are sparklines: a value for each span of the search's time.
#[derive(Debug, Clone, PartialEq)]
pub struct Sparklines {
    /// The sparklines.
    pub lines: Vec<Sparkline>,
    /// The other results.
    pub aggregations: Vec<Aggregation>,
    /// By what; rows where one is null are dropped.
    pub by: Vec<String>,
    /// How.
    pub options: StatsOptions,
    /// The names of the fields in order; others stand behind them.
    pub order: Vec<String>,
}

/// One sparkline.
#[derive(Debug, Clone, PartialEq)]
pub struct Sparkline {
    /// What is computed for each span, and the result's name.
    pub aggregation: Aggregation,
    /// The span as written; without it the time range decides.
    pub span: Option<String>,
}

/// Options of `stats` and its kin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StatsOptions {
    /// `allnum=t`: an aggregate of numbers is null where a value is none.
    pub all_numbers: bool,
    /// `dedup_splitvals=t`: a by-field's values count once for a row.
    pub dedup_split_values: bool,
}

/// Options of `dedup`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DedupOptions {
    /// Only rows side by side are compared.
    pub consecutive: bool,
    /// Rows stay, and lose the fields.
    pub keep_events: bool,
    /// Rows where a field is null stay.
    pub keep_empty: bool,
    /// Rows are sorted by these keys first.
    pub sort_by: Vec<SortKey>,
}

/// `search` as the first command.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanEvents {
    /// What events must satisfy.
    pub predicate: Predicate,
    /// Time modifiers among the terms.
    pub range: TimeRange,
    /// Fields that the search reads and that every event has by its time and text: `date_hour`, `linecount`.
    pub derived: BTreeSet<String>,
}

/// Time modifiers of a search: they win over the window that it is dispatched with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimeRange {
    /// `earliest=`, as written.
    pub earliest: Option<String>,
    /// `latest=`, as written.
    pub latest: Option<String>,
}

/// Rows of a dataset.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanDataset {
    /// The dataset.
    pub dataset: &'static Dataset,
    /// Its fields, and the names that they have in the results: with the dataset's prefix (`Processes.dest`) for
    /// `datamodel M D search`, without for `from`.
    pub fields: Vec<(String, String)>,
    /// Time modifiers of the `search` behind it.
    pub range: TimeRange,
    /// Commands read `_raw`, which not every table keeps.
    pub reads_raw: bool,
}

/// `mstats`, resolved. What an aggregate runs over is a metric, or the metrics of a wildcard; it is `Rows` over all values
/// of the metrics that the filter names (`avg(_value)`).
#[derive(Debug, Clone, PartialEq)]
pub struct Mstats {
    /// What is computed; wildcards in argument and output alike.
    pub aggregations: Vec<Aggregation>,
    /// What data points must satisfy: dimensions, `index`.
    pub filter: Predicate,
    /// Time modifiers.
    pub range: TimeRange,
    /// Dimensions.
    pub by: Vec<String>,
    /// `span=`, as written: rows are also grouped by `_time`.
    pub span: Option<String>,
    /// `fillnull_value=`: what a null dimension becomes; without it the data point is dropped.
    pub fillnull_value: Option<String>,
}

/// `mcatalog`: the values that data points have.
#[derive(Debug, Clone, PartialEq)]
pub struct Mcatalog {
    /// A dimension, `metric_name` or `_dims`, and the name of its values.
    pub values: Vec<(String, String)>,
    /// What data points must satisfy.
    pub filter: Predicate,
    /// Time modifiers.
    pub range: TimeRange,
    /// By what.
    pub by: Vec<String>,
}

/// `inputlookup`
#[derive(Debug, Clone, PartialEq)]
pub struct Inputlookup {
    /// The lookup, or a `.csv` file's name.
    pub name: String,
    /// `where`
    pub filter: Option<Predicate>,
    /// Rows passed over.
    pub start: u64,
    /// Most rows given.
    pub max: Option<u64>,
    /// Behind the rows there are.
    pub append: bool,
}

/// `outputlookup`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outputlookup {
    /// The lookup, or a `.csv` file's name.
    pub name: String,
    /// Add to the rows there are.
    pub append: bool,
    /// Write also when there is no row: an empty result empties the lookup.
    pub override_if_empty: bool,
    /// The field that names the row to replace.
    pub key_field: Option<String>,
    /// Most rows written.
    pub max: Option<u64>,
    /// Several values of a field stay apart, also in a file.
    pub multivalues: bool,
}

/// `iplocation`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Iplocation {
    /// The field that holds addresses.
    pub field: String,
    /// What is wanted of a location (`City`, `lat`, …) and the fields that get it.
    pub outputs: Vec<(String, String)>,
    /// The languages of names, the best first; none is English. `code` is ISO codes.
    pub languages: Vec<String>,
}

/// `lookup`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// The lookup.
    pub name: String,
    /// The lookup's field and the rows' field it is compared with.
    pub inputs: Vec<(String, String)>,
    /// The lookup's field and the rows' field it is written to; `None` is every column that is no input.
    pub outputs: Option<Vec<(String, String)>>,
    /// `OUTPUTNEW`: fields that have a value keep it.
    pub keep: bool,
}

/// How `makemv` splits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Split {
    /// At a text; empty values are kept when asked.
    Delimiter {
        /// The text.
        text: String,
        /// `allowempty=`
        keep_empty: bool,
    },
    /// The first group of every match; empty ones are kept when asked.
    Tokenizer {
        /// The expression (PCRE).
        pattern: String,
        /// `allowempty=`
        keep_empty: bool,
    },
}

/// `multikv`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Multikv {
    /// `fields f …`: only these columns; none is all.
    pub fields: Vec<String>,
    /// `filter w …`: only lines that hold one of the words.
    pub filter: Vec<String>,
    /// `forceheader=`
    pub header_line: Option<u64>,
    /// `noheader=`
    pub no_header: bool,
    /// `rmorig=f`: the original row stays.
    pub keep_original: bool,
    /// `copyattrs=f`: only internal and default fields are copied from the original row.
    pub default_fields_only: bool,
    /// `multitable=f`: a second table in the same row is no table.
    pub one_table: bool,
}

/// `foreach`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreach {
    /// Patterns of names.
    pub fields: Vec<String>,
    /// The commands, with tokens.
    pub template: String,
    /// `<<FIELD>>`, or what `fieldstr=` says.
    pub field_token: String,
    /// `<<MATCHSTR>>`, or what `matchstr=` says.
    pub match_token: String,
    /// `<<MATCHSEG1>>` and so on, or what `matchseg1=` and so on say.
    pub segment_tokens: [String; 3],
}

/// Rows of the left side that find none on the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinKind {
    /// Are dropped.
    Inner,
    /// Stay.
    Left,
}

/// `join`
#[derive(Debug, Clone, PartialEq)]
pub struct Join {
    /// Inner or left (`outer` is the same).
    pub kind: JoinKind,
    /// The fields that must be equal; none is every field that both sides have.
    pub by: Vec<String>,
    /// Rows of the right side for one of the left; 0 is all.
    pub max: u64,
    /// The right side's values win where both have a field.
    pub overwrite: bool,
    /// The right side.
    pub right: Box<Plan>,
}

/// Columns of a split field.
#[derive(Debug, Clone, PartialEq)]
pub struct SplitBy {
    /// The field whose values name the columns.
    pub field: String,
    /// Most columns; 0 is all.
    pub limit: u64,
    /// The rest as `OTHER`.
    pub useother: bool,
    /// Rows without the field as `NULL`.
    pub usenull: bool,
    /// `nullstr=`
    pub nullstr: String,
    /// `otherstr=`
    pub otherstr: String,
    /// The columns with the smallest scores, not the largest: `limit=bottom3`.
    pub bottom: bool,
    /// The buckets of a split field that is a number.
    pub buckets: Option<Buckets>,
    /// Names columns where there are several aggregates: `$AGG$` is the aggregate, `$VAL$` the value.
    pub format: String,
    /// Which columns are kept; then the limit says nothing.
    pub filter: Option<SeriesFilter>,
}

/// `WHERE` of `chart` and `timechart`: an aggregate of a column's cells.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesFilter {
    /// The aggregate's canonical name.
    pub function: String,
    /// The number in its name.
    pub parameter: Option<f64>,
    /// What it must satisfy.
    pub test: SeriesTest,
}

/// See [`SeriesFilter`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SeriesTest {
    /// Above this number.
    Above(f64),
    /// Below this number.
    Below(f64),
    /// Among so many with the largest or smallest, or not among them.
    Rank {
        /// How many.
        count: u64,
        /// The smallest.
        bottom: bool,
        /// Not among them.
        negated: bool,
    },
}

/// `chart`
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What is computed.
    pub aggregations: Vec<Aggregation>,
    /// The field of the rows; none is one row.
    pub over: Option<String>,
    /// The buckets of that field.
    pub buckets: Option<Buckets>,
    /// Empty buckets are rows too.
    pub continuous: bool,
    /// The field of the columns.
    pub split: Option<SplitBy>,
    /// `dedup_splitvals=t`: a field's values count once for a row.
    pub dedup_split_values: bool,
}

/// `timechart`
#[derive(Debug, Clone, PartialEq)]
pub struct Timechart {
    /// What is computed.
    pub aggregations: Vec<Aggregation>,
    /// The spans of time.
    pub buckets: Buckets,
    /// Empty spans are rows too.
    pub continuous: bool,
    /// The rows cover the search's window, not the events' times.
    pub fixed_range: bool,
    /// Spans that the window covers in part are rows too.
    pub partial: bool,
    /// The field of the columns.
    pub split: Option<SplitBy>,
    /// `dedup_splitvals=t`: a field's values count once for a row.
    pub dedup_split_values: bool,
}

/// `top` and `rare`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Top {
    /// `rare`: the least common.
    pub rare: bool,
    /// Whose combinations are counted.
    pub fields: Vec<String>,
    /// Counted for each of these apart.
    pub by: Vec<String>,
    /// Rows kept of each; 0 is all.
    pub limit: u64,
    /// The count's name; none where it is not shown.
    pub count_field: Option<String>,
    /// The percentage's name; none where it is not shown.
    pub percent_field: Option<String>,
    /// The name of a row for all others.
    pub other: Option<String>,
}

/// `streamstats`
#[derive(Debug, Clone, PartialEq)]
pub struct Streamstats {
    /// What is computed.
    pub aggregations: Vec<Aggregation>,
    /// By what.
    pub by: Vec<String>,
    /// Rows seen; 0 is all.
    pub window: u64,
    /// The row itself is among them.
    pub current: bool,
    /// One window for all, not one for each combination of the by-fields.
    pub global: bool,
    /// Starts anew when a by-field changes.
    pub reset_on_change: bool,
    /// `reset_before=(EXPR)`
    pub reset_before: Option<Expr>,
    /// `reset_after=(EXPR)`
    pub reset_after: Option<Expr>,
    /// `time_window=`, as written.
    pub time_window: Option<String>,
    /// `allnum=t`: an aggregate of numbers is null where a value is none.
    pub all_numbers: bool,
}

/// `addtotals` and `addcoltotals`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addtotals {
    /// The sum of a row as a new field of this name.
    pub row: Option<String>,
    /// A row of the columns' sums behind the others.
    pub column: bool,
    /// The fields, wildcards allowed; none is every field with numbers.
    pub fields: Vec<String>,
    /// The field of the last row that gets a label.
    pub label_field: Option<String>,
    /// The label.
    pub label: String,
}

/// `transaction`
#[derive(Debug, Clone, PartialEq)]
pub struct Transaction {
    /// The fields that hold it together; none is one for all.
    pub fields: Vec<String>,
    /// Longest time from first to last event, in microseconds.
    pub max_span: Option<i64>,
    /// Longest time between two events, in microseconds.
    pub max_pause: Option<i64>,
    /// Most events; none is no limit.
    pub max_events: Option<u64>,
    /// Begins it.
    pub starts_with: Option<Condition>,
    /// Ends it.
    pub ends_with: Option<Condition>,
    /// An event that shares no value with a transaction opens one of its own, also when nothing speaks against that one.
    pub connected: bool,
    /// Open ones are kept.
    pub keep_evicted: bool,
    /// Events in no transaction are kept.
    pub keep_orphans: bool,
    /// Values in the order of events with repeats: all fields, or these.
    pub mv_list: MvList,
    /// What a list holds for an event without a value.
    pub null_text: String,
    /// `_raw` is a list of the events' texts and not one text.
    pub mv_raw: bool,
}

/// `format`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    /// Between the values of a field that has several.
    pub mv_separator: String,
    /// Most rows; 0 is all.
    pub max_results: u64,
    /// Row prefix, column prefix, column separator, column end, row separator, row end.
    pub strings: [String; 6],
    /// What is written when there is nothing to write.
    pub empty: String,
}

/// Which fields of a transaction are lists and not sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MvList {
    /// None.
    None,
    /// All.
    All,
    /// These.
    Fields(Vec<String>),
}

/// A condition of either language.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Search terms.
    Terms(Predicate),
    /// An eval expression.
    Eval(Expr),
}

/// `outlier`
#[derive(Debug, Clone, PartialEq)]
pub struct Outlier {
    /// The fields; none is every field with numbers.
    pub fields: Vec<String>,
    /// Rows with an outlier are dropped, not cut to the limit.
    pub remove: bool,
    /// The limit in interquartile ranges.
    pub param: f64,
    /// Only values above.
    pub upper_only: bool,
    /// Cut values are marked with `000`.
    pub mark: bool,
}

/// `fit DensityFunction`
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// What is modelled.
    pub field: String,
    /// A density for each combination of these.
    pub by: Vec<String>,
    /// The model's name, without `app:`.
    pub into: Option<String>,
    /// Which densities are tried.
    pub densities: Densities,
    /// How the distance between density and data is measured.
    pub metric: Metric,
    /// The area of outliers; the toolkit's default when absent.
    pub thresholds: Option<Thresholds>,
    /// Rows also get the density.
    pub show_density: bool,
}

/// Which density functions are tried: `norm`, `expon`, `gaussian_kde`, `beta`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Densities {
    /// This one.
    One(String),
    /// The one that is nearest to the data.
    Nearest {
        /// Of all but these.
        except: Vec<String>,
    },
}

/// How the distance between a density and its data is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// The area between the two cumulative functions.
    Wasserstein,
    /// The largest gap between them.
    KolmogorovSmirnov,
}

/// The area of a density that is outliers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Thresholds {
    /// In all.
    Total(f64),
    /// Below and above, each where given.
    Sides {
        /// The area below.
        lower: Option<f64>,
        /// The area above.
        upper: Option<f64>,
    },
}

/// `apply`
#[derive(Debug, Clone, PartialEq)]
pub struct Apply {
    /// The model, without `app:`.
    pub model: String,
    /// The area of outliers; that of the model when absent.
    pub thresholds: Option<Thresholds>,
    /// Rows also get the density; as the model says when absent.
    pub show_density: Option<bool>,
    /// The name in place of `IsOutlier(f)`.
    pub output: Option<String>,
}

/// `tstats`, resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Tstats {
    /// What it reads.
    pub source: TstatsSource,
    /// Children of the dataset whose own fields are read too: rows that are in none of them have no value there.
    pub children: Vec<&'static Dataset>,
    /// What rows must satisfy; field names as [`TstatsSource`] says.
    pub filter: Option<Predicate>,
    /// Group-by fields.
    pub by: Vec<GroupBy>,
    /// Aggregates; arguments without the dataset's prefix, outputs as they come out (`values(Processes.process)` or the alias).
    pub aggregations: Vec<Aggregation>,
    /// `fillnull_value`: what a null group-by field becomes; without it the row is dropped.
    pub fillnull_value: Option<String>,
    /// Time modifiers among the terms.
    pub range: TimeRange,
    /// Behind the rows there are.
    pub append: bool,
}

/// What `tstats` reads.
#[derive(Debug, Clone, PartialEq)]
pub enum TstatsSource {
    /// One dataset: fields without its prefix. Those of a child keep the child's name: `Instance_Changes.image_id`.
    Dataset(&'static Dataset),
    /// The root datasets of a model, together: fields with their dataset's prefix.
    Roots(Vec<&'static Dataset>),
    /// Raw events: the fields that Splunk's index keeps.
    Events,
}

impl TstatsSource {
    /// The datasets it reads.
    pub fn datasets(&self) -> &[&'static Dataset] {
        match self {
            Self::Dataset(dataset) => std::slice::from_ref(dataset),
            Self::Roots(datasets) => datasets,
            Self::Events => &[],
        }
    }

    /// The field that a name means, as the source's rows have it.
    pub fn field<'n>(&self, name: &'n str) -> &'n str {
        match self {
            Self::Dataset(dataset) => crate::dataset::strip_prefix(dataset, name).unwrap_or(name),
            Self::Roots(_) | Self::Events => name,
        }
    }
}
