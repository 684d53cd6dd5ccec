//! The arguments of commands that have more than a few.

use text::Span;

use super::{Expr, Field, Spanned, Subsearch, Term};

/// Options and fields, each in the order written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plain {
    /// `name=value` options, as written; a quoted value without its quotes.
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// The fields and other bare words; wildcards allowed.
    pub fields: Vec<Field>,
}

/// `rex`'s arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Rex {
    /// `field=`; `_raw` when absent.
    pub field: Option<Field>,
    /// The expression with named groups, or the `sed` script; unescaped as in an eval string.
    pub pattern: Spanned<String>,
    /// `mode=sed`
    pub sed: bool,
    /// `max_match=`; default 1, 0 is all.
    pub max_match: Option<u64>,
    /// `offset_field=`
    pub offset_field: Option<Field>,
}

/// `multikv`'s arguments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Multikv {
    /// `forceheader=`, `noheader=`, `rmorig=`, …
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// `fields f …`
    pub fields: Vec<Field>,
    /// `filter w …`
    pub filter: Vec<Spanned<String>>,
}

/// A part of what `strcat` joins.
#[derive(Debug, Clone, PartialEq)]
pub enum StrcatPart {
    /// A field.
    Field(Field),
    /// Text in quotes.
    Text(Spanned<String>),
}

/// A command with a pipeline in brackets.
#[derive(Debug, Clone, PartialEq)]
pub struct Piped {
    /// `name=value` options, as written.
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// The fields of `join`.
    pub fields: Vec<Field>,
    /// The pipeline. Of `appendpipe` it starts with a command that works on results.
    pub subsearch: Subsearch,
}

/// `lookup`'s arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Lookup {
    /// `local=`, `update=`, `event_time_field=`.
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// The lookup.
    pub name: Spanned<String>,
    /// What is looked for.
    pub inputs: Vec<LookupField>,
    /// `OUTPUT` or `OUTPUTNEW` with its fields; without it every column is given.
    pub output: Option<LookupOutput>,
}

/// `f [AS g]`: a lookup's field and the events' field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookupField {
    /// The lookup's field.
    pub field: Field,
    /// The events' field; the same when absent.
    pub alias: Option<Field>,
}

/// The output clause of `lookup`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookupOutput {
    /// `OUTPUTNEW`: fields that exist keep their value.
    pub keep: bool,
    /// What is given.
    pub fields: Vec<LookupField>,
}

/// `chart`'s and `timechart`'s arguments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    /// `limit=`, `useother=`, … wherever they stand, and `span=` and its like before BY and OVER.
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// What is computed. `agg=count` is one of them.
    pub aggregates: Vec<Aggregate>,
    /// `OVER f`
    pub over: Option<ChartField>,
    /// `BY f [f]`
    pub by: Vec<ChartField>,
    /// `WHERE max in top5` behind BY: which columns are kept.
    pub filter: Option<SeriesFilter>,
}

/// A field of `chart` or `timechart`.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartField {
    /// The field.
    pub field: Field,
    /// `span=`, `bins=`, `minspan=`, `start=`, `end=`, `aligntime=` right behind it.
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
}

/// Which columns of a chart are kept, by an aggregate of their cells.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesFilter {
    /// The aggregate.
    pub aggregate: Aggregate,
    /// What it must satisfy.
    pub test: SeriesTest,
}

/// A condition on a column of a chart.
#[derive(Debug, Clone, PartialEq)]
pub enum SeriesTest {
    /// `> 10`, `< 10`
    Compare {
        /// True for `>`.
        above: bool,
        /// The number as written.
        number: Spanned<String>,
    },
    /// `in top5`, `notin bottom5`
    Rank {
        /// True for `notin`.
        negated: bool,
        /// True for `bottom`.
        bottom: bool,
        /// How many.
        count: u64,
    },
}

/// `top`'s and `rare`'s arguments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Top {
    /// `limit=`, `showperc=`, `countfield=`, …
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// The number before the fields.
    pub limit: Option<u64>,
    /// Whose combinations are counted.
    pub fields: Vec<Field>,
    /// `BY f …`
    pub by: Vec<Field>,
}

/// `transaction`'s arguments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Transaction {
    /// `maxspan=`, `maxpause=`, `connected=`, `keepevicted=`, `mvlist=`, …
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// The fields that hold it together.
    pub fields: Vec<Field>,
    /// `startswith=`
    pub starts_with: Option<Boundary>,
    /// `endswith=`
    pub ends_with: Option<Boundary>,
}

/// What an event satisfies that begins or ends a transaction.
#[derive(Debug, Clone, PartialEq)]
pub enum Boundary {
    /// `"phrase"` or `(TERMS)`
    Terms(Term),
    /// `eval(EXPR)`
    Eval(Expr),
}

/// What `return` gives of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnItem {
    /// The name to give it; the field's own when absent.
    pub alias: Option<Field>,
    /// The field.
    pub field: Field,
    /// `$f`: the value alone.
    pub value_only: bool,
}

/// `fit`'s arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// `DensityFunction`
    pub algorithm: Spanned<String>,
    /// What is modelled.
    pub targets: Vec<Field>,
    /// `from f …`
    pub from: Vec<Field>,
    /// `by "a,b"`
    pub by: Vec<Field>,
    /// `dist=`, `threshold=`, …
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// `into M`
    pub into: Option<Spanned<String>>,
}

/// `tstats`'s arguments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tstats {
    /// `name=value` options wherever they stand, as written.
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// What is computed.
    pub aggregates: Vec<Aggregate>,
    /// `FROM datamodel=MODEL[.DATASET]`, with or without `=`.
    pub from: Option<Spanned<String>>,
    /// `WHERE TERMS`
    pub filter: Option<Term>,
    /// `BY f … [span=s]`
    pub by: Vec<ByField>,
}

/// A field of a BY clause.
#[derive(Debug, Clone, PartialEq)]
pub struct ByField {
    /// The field.
    pub field: Field,
    /// `span=` of it, as written.
    pub bucket: Option<Spanned<String>>,
}

/// `stats`'s arguments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stats {
    /// `name=value` options, as written.
    pub options: Vec<(Spanned<String>, Spanned<String>)>,
    /// What is computed.
    pub aggregates: Vec<Aggregate>,
    /// `BY f …`
    pub by: Vec<ByField>,
}

/// `streamstats`'s arguments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Streamstats {
    /// Options, aggregates and BY fields as those of `stats`.
    pub stats: Stats,
    /// `reset_before=(EXPR)`
    pub reset_before: Option<Expr>,
    /// `reset_after=(EXPR)`
    pub reset_after: Option<Expr>,
}

/// `function(argument) AS alias`
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    /// The function as written (`count`, `dc`, `perc95`).
    pub function: Spanned<String>,
    /// What it runs over; none for a bare `count`.
    pub argument: Option<AggregateArgument>,
    /// The result's name; else the text as printed, `max(_time)`.
    pub alias: Option<Field>,
    /// The whole.
    pub span: Span,
}

/// What an aggregate runs over.
#[derive(Debug, Clone, PartialEq)]
pub enum AggregateArgument {
    /// A field, wildcards allowed.
    Field(Field),
    /// `eval(EXPR)`
    Eval(Expr),
}

/// `field = EXPR`
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// The field.
    pub field: Field,
    /// Its new value.
    pub expr: Expr,
}

/// `from AS to`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renaming {
    /// The old name, wildcards allowed.
    pub from: Field,
    /// The new name, with as many wildcards.
    pub to: Field,
}

/// `convert`'s arguments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Convert {
    /// `timeformat=`; default `%m/%d/%Y %H:%M:%S`.
    pub timeformat: Option<Spanned<String>>,
    /// `function(field) [AS alias]`
    pub conversions: Vec<Aggregate>,
}

/// A key of `sort`.
#[derive(Debug, Clone, PartialEq)]
pub struct SortKey {
    /// The field.
    pub field: Field,
    /// True for `-`.
    pub descending: bool,
    /// `num`, `str`, `ip` or `auto` of `num(f)`; none is auto.
    pub kind: Option<String>,
}
