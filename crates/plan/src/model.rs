//! The checked pipeline.

mod arguments;
mod op;

use std::collections::{BTreeMap, BTreeSet};

use diag::{Diagnostic, Severity, codes};
use spl::ast::{CompareOp, Expr, Pattern};
use text::Span;

pub use arguments::*;
pub use op::Op;

/// Can Weir run it?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Yes, exactly as Splunk would.
    Supported,
    /// It is right SPL, but Weir cannot run it exactly.
    Unsupported,
    /// It is not right SPL, or names what does not exist.
    Invalid,
}

/// What checking a search gives.
#[derive(Debug)]
pub struct Check {
    /// Can it run.
    pub verdict: Verdict,
    /// Everything found, in order of place; spans lie in the search's text.
    pub diagnostics: Vec<Diagnostic>,
    /// Present when supported.
    pub plan: Option<Plan>,
    /// What the search uses.
    pub usage: Usage,
    /// The fields that result rows can carry, also when there is no plan.
    pub output: Schema,
}

impl Check {
    /// Add the problems that the parser found in the same search. Where it could not read a command, what follows from that
    /// is not reported a second time: of the check only names that do not exist are kept.
    #[must_use]
    pub fn with_syntax_errors(mut self, found: Vec<Diagnostic>) -> Self {
        if found.iter().any(|found| found.severity == Severity::Error) {
            let names =
                [codes::UNKNOWN_COMMAND, codes::UNKNOWN_FUNCTION, codes::UNKNOWN_DATA_MODEL, codes::UNKNOWN_DATASET];
            self.diagnostics.retain(|known| names.contains(&known.code));
        }
        self.diagnostics.extend(found);
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.primary.span.start);
        self.verdict = crate::checker::verdict(&self.diagnostics);
        if self.verdict != Verdict::Supported {
            self.plan = None;
        }
        self
    }
}

/// Names a search uses, for the catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Usage {
    /// Commands.
    pub commands: BTreeSet<String>,
    /// Eval functions and aggregates.
    pub functions: BTreeSet<String>,
    /// Datasets, as `Endpoint.Processes`.
    pub datasets: BTreeSet<String>,
    /// Lookups.
    pub lookups: BTreeSet<String>,
    /// Fields read from events or datasets, as written.
    pub fields: BTreeSet<String>,
}

/// The fields that can exist at a pipe.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schema {
    /// Fields known to exist, in order.
    pub fields: Vec<String>,
    /// True while other fields of the events may exist too.
    pub open: bool,
}

/// A pipeline that runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The stages; the first one reads.
    pub stages: Vec<Stage>,
    /// What the raw scan must deliver: `None` no raw scan, `Some(None)` every field.
    pub event_fields: Option<Option<BTreeSet<String>>>,
    /// The fields that tell result rows apart: the by-fields of the last grouping under their final names. `None` where
    /// none do for sure: then a row is told apart by all its fields.
    pub key: Option<Vec<String>>,
}

/// A command of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// What it does.
    pub op: Op,
    /// The fields after it.
    pub schema: Schema,
    /// Its place in the search.
    pub span: Span,
}

/// A group-by field of `tstats`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupBy {
    /// The field without the prefix; `None` when the dataset has none of that name (always null).
    pub field: Option<String>,
    /// The name in the result, as written: `Processes.dest`.
    pub output: String,
    /// `span=` for `_time`, as written.
    pub bucket: Option<String>,
}

/// An aggregate.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregation {
    /// The function's canonical name: `count`, `dc`, `values`, `perc`.
    pub function: String,
    /// A number in the name: `perc95` has 95.
    pub parameter: Option<f64>,
    /// What it runs over.
    pub over: AggregateOver,
    /// The result's name.
    pub output: String,
}

/// What an aggregate runs over.
#[derive(Debug, Clone, PartialEq)]
pub enum AggregateOver {
    /// Rows (a bare `count`).
    Rows,
    /// A field.
    Field(String),
    /// Fields of a wildcard: `values(x*) as y*`; the output holds `*` too.
    Wildcard(String),
    /// `eval(…)`
    Eval(Expr),
    /// A field that cannot exist: null in every row.
    Missing,
}

/// One conversion of `convert`. On a field that is absent it does nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// `ctime`, `mktime`, `num`, …
    pub function: String,
    /// The field, wildcards allowed.
    pub field: String,
    /// The new name.
    pub output: String,
}

/// A search-mode condition with NOT, OR and AND in their right order and names resolved.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// Holds always: `search *`.
    True,
    /// Never holds: a field that cannot exist was compared.
    False,
    /// All.
    And(Vec<Predicate>),
    /// Any.
    Or(Vec<Predicate>),
    /// Not.
    Not(Box<Predicate>),
    /// `field OP value`: case-insensitive with `*`; numbers as numbers when both sides are; CIDR when the value is one.
    /// Any value of a multivalue field may satisfy it; null satisfies none, `!=` included.
    Compare {
        /// The field.
        field: String,
        /// The comparison.
        op: CompareOp,
        /// The value.
        value: Pattern,
    },
    /// `field IN (…)`
    In {
        /// The field.
        field: String,
        /// The values.
        values: Vec<Pattern>,
    },
    /// A word or phrase somewhere in `_raw`.
    Keyword(Pattern),
    /// `TERM(x)`: text of `_raw` between major breakers (blanks, brackets, quotes, commas and the like).
    Term(Pattern),
    /// `CASE(x)`: as [`Self::Keyword`], in this letter case.
    Case(Pattern),
    /// What the rows of a subsearch say: any of them, and of a row all its fields (manual: "About subsearches", "format").
    /// A field `search` or `query` is taken as search terms.
    Subsearch(Box<Plan>),
}

/// Names that checking may refer to, given by the caller.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Lookups that are defined.
    pub lookups: BTreeMap<String, LookupSchema>,
    /// Machine-learning models that are defined but not in a form that Weir runs, with the reason.
    pub models: BTreeMap<String, String>,
    /// A database of where addresses are is given.
    pub locations: bool,
    /// Models that baselines fit.
    pub fitted: BTreeMap<String, FittedModel>,
}

/// What is known of a model before it is fitted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FittedModel {
    /// The baseline that fits it.
    pub baseline: String,
    /// What it models.
    pub field: String,
    /// The fields of its groups.
    pub by: Vec<String>,
    /// Its rows also get the density.
    pub show_density: bool,
}

/// What is known of a lookup before it is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LookupSchema {
    /// Its columns, where the definition or the file says; `None` where only searches that fill it know.
    pub fields: Option<Vec<String>>,
    /// Why it has no rows: it belongs to another app and nobody has given them.
    pub absent: Option<String>,
    /// It has no table: what it gives is computed from each result.
    pub computed: bool,
}
