//! Checks a pipeline: commands, functions, datasets and fields known; gives the support verdict and the plan.
//!
//! Start from [`check`]. The [`Plan`] is what `engine` compiles: everything a name can be resolved to is resolved.
//!
//! ```
//! let search = "| tstats count from datamodel=Endpoint.Processes by Processes.dst";
//! let parsed = spl::parse(search);
//! let check = plan::check(&parsed.pipeline, search, &plan::Names::default()).with_syntax_errors(parsed.diagnostics);
//! assert_eq!(check.verdict, plan::Verdict::Invalid);
//! assert_eq!(check.diagnostics[0].help.as_deref(), Some("did you mean `Processes.dest`?"));
//! ```
//!
//! Invariants: no Arrow, no I/O. A pipeline with an error has no plan: a search whose meaning would change does not run.

mod arguments;
mod checker;
mod command;
mod command_name;
mod dataset;
mod expr;
mod function;
mod key;
mod model;
mod nested;
mod pattern;
mod predicate;
mod reads;
mod schema;
mod suggest;
mod template;
mod time_range;
mod typing;
pub mod wildcard;

use spl::ast::Pipeline;

pub use arguments::{lambda_field, searchmatch_terms};
pub use checker::is_derived;
pub use command::{SUPPORTED_CONVERSIONS, supported_commands};
pub use function::{SUPPORTED_AGGREGATES, SUPPORTED_FUNCTIONS};
pub use model::{
    Addtotals, AggregateOver, Aggregation, Apply, Buckets, Chart, Check, Condition, Conversion, DedupOptions,
    Densities, Fit, FittedModel, Foreach, Format, GroupBy, Inputlookup, Iplocation, Join, JoinKind, Lookup,
    LookupSchema, Mcatalog, Metric, Mstats, Multikv, MvList, Names, Op, Outlier, Outputlookup, Plan, Predicate,
    ScanDataset, ScanEvents, Schema, SeriesFilter, SeriesTest, Sparkline, Sparklines, Split, SplitBy, Stage,
    StatsOptions, Streamstats, Thresholds, TimeRange, Timechart, Top, Transaction, Tstats, TstatsSource, Usage,
    Verdict,
};
pub use nested::both_fields;
pub use predicate::terms;
pub use reads::{Scan, Template};
pub use schema::yields;
pub use template::{foreach_evals, tokens};
pub use typing::{Static, kind as static_kind};

/// Check a pipeline that was parsed from `search_text`. Syntax errors are the parser's: add them with [`Check::with_syntax_errors`].
pub fn check(pipeline: &Pipeline, search_text: &str, names: &Names) -> Check {
    checker::Checker::new(search_text, names).run(pipeline)
}
