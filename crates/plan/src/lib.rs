//! Checks a pipeline: commands, functions, datasets and fields known; gives the support verdict and the plan.
//!
//! Start from [`check`]. The [`Plan`] is what `engine` compiles: everything a name can be resolved to is resolved.
//!
//! Invariants: no Arrow, no I/O. A pipeline with an error has no plan: a search whose meaning would change does not run.

mod model;

pub use model::{
    Aggregation, AggregateOver, Check, Conversion, GroupBy, Names, Op, Plan, Predicate, Schema, Stage, Tstats, Usage, Verdict,
};
