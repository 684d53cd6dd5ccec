//! What a stage does, command by command.

use std::collections::BTreeSet;

use spl::ast::{Expr, SortKey};

use super::*;

/// What a stage does.
#[derive(Debug, Clone, PartialEq)]
pub enum Op {
    /// Read raw events that satisfy a predicate. Always first.
    ScanEvents(ScanEvents),
    /// Read the rows of a dataset: `from datamodel:M.D`, `datamodel M D search`. Always first.
    ScanDataset(ScanDataset),
    /// Aggregate metrics. Always first.
    Mstats(Mstats),
    /// Rows made of nothing. Always first.
    Makeresults {
        /// How many.
        count: u64,
        /// Also `_raw`, `host`, `source`, `sourcetype`, `splunk_server` and `splunk_server_group`, all null.
        annotate: bool,
    },
    /// Rows written out in the search: `makeresults data=`. Always first.
    Rows {
        /// The fields, in order.
        fields: Vec<String>,
        /// The rows: a value for each field.
        rows: Vec<Vec<Option<String>>>,
    },
    /// Rows of a lookup. First, or with `append` behind others.
    Inputlookup(Inputlookup),
    /// Write the rows to a lookup; they also go on.
    Outputlookup(Outputlookup),
    /// `lookup`
    Lookup(Lookup),
    /// `iplocation`
    Iplocation(Iplocation),
    /// `rex`: a field for each named group.
    Rex {
        /// The field; `_raw` by default.
        field: String,
        /// The expression (PCRE).
        pattern: String,
        /// Its named groups, in order.
        groups: Vec<String>,
        /// Most matches; more than one gives multivalues, 0 is all.
        max_match: u64,
        /// Where matches lay.
        offset_field: Option<String>,
    },
    /// `rex mode=sed`
    Sed {
        /// The field.
        field: String,
        /// What is done to it.
        script: spl::sed::Sed,
    },
    /// `spath`
    Spath {
        /// The field that holds JSON or XML.
        input: String,
        /// What is extracted; `None` is everything.
        path: Option<String>,
        /// The new field; the path when absent.
        output: Option<String>,
    },
    /// `xmlkv`
    Xmlkv {
        /// The field that holds elements.
        field: String,
    },
    /// `fromjson`
    Fromjson {
        /// The field that holds an object.
        field: String,
        /// Put before the new fields' names.
        prefix: String,
    },
    /// `extract`: the pairs of key and value in `_raw`.
    Extract {
        /// Characters between pairs and characters between key and value; without them, the automatic `key=value` extraction.
        delimiters: Option<(String, String)>,
        /// `clean_keys=`
        clean_keys: bool,
        /// `mv_add=`
        mv_add: bool,
        /// `limit=`: most pairs.
        limit: u64,
        /// `maxchars=`: characters looked at.
        max_chars: u64,
    },
    /// `multikv`: a row for each line of a table in `_raw`.
    Multikv(Multikv),
    /// `mvexpand`
    Mvexpand {
        /// The field.
        field: String,
        /// Rows made of one; 0 is all.
        limit: u64,
    },
    /// `makemv`
    Makemv {
        /// The field.
        field: String,
        /// How it is split.
        split: Split,
    },
    /// `mvcombine`: rows that differ in one field alone become one.
    Mvcombine {
        /// The field.
        field: String,
        /// `delim=`: what a `nomv` directly behind puts between the values.
        delimiter: Option<String>,
    },
    /// `nomv`: values joined.
    Nomv {
        /// The field.
        field: String,
        /// What stands between them.
        separator: String,
    },
    /// `xmlunescape`: entities of `_raw` as the characters they stand for.
    Xmlunescape,
    /// `foreach`; where the fields are known when checked it has become the commands it stands for.
    Foreach(Foreach),
    /// `join`
    Join(Join),
    /// `append`
    Append(Box<Plan>),
    /// `appendcols`
    Appendcols {
        /// The rows to put beside.
        right: Box<Plan>,
        /// Its values win.
        overwrite: bool,
    },
    /// `appendpipe`: what these stages make of the rows comes behind them.
    Appendpipe(Vec<Stage>),
    /// `map`: a search for each row.
    Map {
        /// The search with `$field$` tokens.
        template: String,
        /// Most searches run.
        max_searches: u64,
        /// The search with stand-ins for its tokens: what it reads is what each of the searches reads.
        checked: Box<Plan>,
        /// The stand-ins: text of `checked` that holds one may be any text.
        stand_ins: BTreeSet<String>,
    },
    /// `chart`
    Chart(Chart),
    /// `timechart`
    Timechart(Timechart),
    /// `top` or `rare`
    Top(Top),
    /// `streamstats`
    Streamstats(Streamstats),
    /// `filldown`
    Filldown {
        /// The fields, wildcards allowed; none is all.
        fields: Vec<String>,
    },
    /// `replace`
    Replace {
        /// What is replaced and by what: `*` as wildcard in both.
        pairs: Vec<(String, String)>,
        /// The fields; none is all.
        fields: Vec<String>,
    },
    /// `addtotals`, `addcoltotals`
    Addtotals(Addtotals),
    /// `transaction`
    Transaction(Box<Transaction>),
    /// `xyseries`
    Xyseries {
        /// The field of the rows.
        x: String,
        /// The field whose values name the columns.
        y: String,
        /// The fields whose values fill them.
        values: Vec<String>,
        /// Names columns where there are several value fields: `$AGG$` is the field, `$VAL$` the value.
        format: String,
        /// Rows keep the order in which they come; else they are sorted by `x`.
        grouped: bool,
    },
    /// `untable`
    Untable {
        /// Kept.
        x: String,
        /// Gets the columns' names.
        y: String,
        /// Gets their values.
        value: String,
    },
    /// `transpose`
    Transpose {
        /// Rows turned; 0 is all.
        limit: u64,
        /// The first column's name.
        column_name: String,
        /// The field whose values name the columns.
        header_field: Option<String>,
        /// Also fields that no row has a value of.
        include_empty: bool,
    },
    /// `makecontinuous`
    Makecontinuous {
        /// The field.
        field: String,
        /// Its buckets.
        buckets: Buckets,
    },
    /// `reverse`
    Reverse,
    /// `tail`
    Tail(u64),
    /// `uniq`: rows equal to the one before are dropped.
    Uniq,
    /// `addinfo`
    Addinfo,
    /// `rangemap`: the names of the ranges that a number lies in, as the field `range`.
    Rangemap {
        /// The field.
        field: String,
        /// Name, first and last number of each.
        ranges: Vec<(String, f64, f64)>,
        /// The name for other values.
        default: String,
    },
    /// `accum`: running total.
    Accum {
        /// The field.
        field: String,
        /// The new field.
        output: String,
    },
    /// `delta`: difference to an earlier row.
    Delta {
        /// The field.
        field: String,
        /// The new field.
        output: String,
        /// How many rows before.
        distance: u64,
    },
    /// `format`: all rows as one field `search`.
    Format(Format),
    /// `return`: as `format`, of these fields of the first rows.
    Return {
        /// Rows.
        count: u64,
        /// Name (none: the value alone) and field.
        items: Vec<(Option<String>, String)>,
    },
    /// `outlier`
    Outlier(Outlier),
    /// `fit DensityFunction`
    Fit(Fit),
    /// `apply` of a model that `fit` made.
    Apply(Apply),
    /// `summary` of a model. Always first.
    Summary {
        /// The model.
        model: String,
    },
    /// `listmodels`. Always first.
    Listmodels,
    /// `deletemodel`. Always first.
    Deletemodel {
        /// The model.
        model: String,
    },
    /// `mcatalog`. Always first.
    Mcatalog(Mcatalog),
    /// Aggregate a dataset. Always first.
    Tstats(Tstats),
    /// `search` after a pipe.
    Filter(Predicate),
    /// `where`
    Where(Expr),
    /// `eval`: assignments in order, later ones see earlier ones. A name may be made of values: `spl::computed`.
    Eval(Vec<(String, Expr)>),
    /// `rename`; names may hold `*`.
    Rename(Vec<(String, String)>),
    /// `table`: these fields in this order, wildcards allowed.
    Table(Vec<String>),
    /// `fields` or `fields +`: internal fields (`_time`, `_raw`) stay.
    Keep(Vec<String>),
    /// `fields -`
    Remove(Vec<String>),
    /// `convert`
    Convert {
        /// `strftime` letters.
        timeformat: String,
        /// What to convert.
        conversions: Vec<Conversion>,
    },
    /// `stats`
    Stats {
        /// What is computed.
        aggregations: Vec<Aggregation>,
        /// By what; rows where one is null are dropped.
        by: Vec<String>,
        /// How.
        options: StatsOptions,
    },
    /// `stats` with sparklines.
    Sparklines(Sparklines),
    /// `eventstats`: as `stats`, added to every row.
    Eventstats {
        /// What is computed.
        aggregations: Vec<Aggregation>,
        /// By what.
        by: Vec<String>,
        /// How.
        options: StatsOptions,
    },
    /// `head`
    Head(u64),
    /// `head` with a condition.
    HeadWhile {
        /// Most rows.
        limit: Option<u64>,
        /// Rows before the first one for which it does not hold.
        condition: Expr,
        /// Null holds too.
        null: bool,
        /// The row that ends it is kept.
        keep_last: bool,
    },
    /// `sort`; limit 0 is all.
    Sort {
        /// Rows kept.
        limit: u64,
        /// Keys in order.
        keys: Vec<SortKey>,
    },
    /// `dedup`
    Dedup {
        /// Rows kept for each combination.
        keep: u64,
        /// The fields; rows where one is null are dropped.
        fields: Vec<String>,
        /// How, beside that.
        options: DedupOptions,
    },
    /// `fillnull`; no fields means all.
    Fillnull {
        /// The value.
        value: String,
        /// The fields.
        fields: Vec<String>,
    },
    /// `regex`
    Regex {
        /// The field.
        field: String,
        /// Keep what does not match.
        negated: bool,
        /// The expression (PCRE).
        pattern: String,
    },
    /// `bin` of `_time` or a number.
    Bin {
        /// The field.
        field: String,
        /// The new field; the same when absent in the search.
        alias: String,
        /// The buckets.
        buckets: Buckets,
    },
}
